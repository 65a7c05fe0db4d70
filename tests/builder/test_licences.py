"""Licensed scales: somebody's word, the owner's key, and words that stay in one house."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from edu.instruments.bank import bank_of
from edu.instruments.models import LicenceClaim, LicensedWording
from edu.instruments.shelf import shells_in
from edu.partners.models import AuditEntry
from edu.quizzes.shell import OwnersKey
from tests.builder.words import AT, enter_words, says_licence
from tests.people import People


def kept(house, table):
    with house.extensions["database"].session(reading=True) as session:
        return session.scalars(select(table).order_by(table.id)).all()


def usable(house, organisation_id, on=None):
    """Which licensed scales an organisation may put into forms."""
    shells = shells_in(house.extensions["settings"].root)
    with house.extensions["database"].session(reading=True) as session:
        found = bank_of(session, organisation_id, [], shells, on or date(2026, 11, 22))
        return {id: source.instrument for id, source in found.sources.items()}


def test_who_says_that_there_is_a_licence_is_kept_with_the_day(people: People, house) -> None:
    says_licence(people.ruth, "brs", ends_on="2099-12-31")
    (row,) = kept(house, LicenceClaim)
    assert (row.shell, row.said_by, row.ends_on) == ("brs", "ruth", date(2099, 12, 31))
    assert row.terms == "Letter of the owner, 3 March 2026, number 17"
    line = kept(house, AuditEntry)[-1]
    assert (line.deed, line.object_kind, line.object_name) == (
        "said to hold a licence",
        "licence",
        "Brief Resilience Scale (BRS)",
    )


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"terms": "short"}, "between 10 and 500"),
        ({"sure": ""}, "This field is required."),
        ({"ends_on": "2020-01-01"}, "This day is over."),
    ],
)
def test_a_licence_needs_its_terms_and_a_yes(people: People, house, changes, told) -> None:
    page = says_licence(people.ruth, "brs", **changes)
    assert page.status_code == 422
    assert told in page.text
    assert kept(house, LicenceClaim) == []


def test_a_trainer_enters_words_and_does_not_speak_for_licences(people: People, house) -> None:
    tendai = people.tendai
    assert says_licence_without_page(tendai) == 403
    assert tendai.opens(f"{AT}/brs/words/en").status_code == 404
    says_licence(people.ruth, "brs")
    enter_words(tendai, "brs", "en", "Words")
    assert [(row.shell, row.tag, row.changed_by) for row in kept(house, LicensedWording)] == [
        ("brs", "en", "tendai")
    ]


def says_licence_without_page(person) -> int:
    return person.sends(f"{AT}/brs/licence", terms="Letter of the owner", sure="y").status_code


def test_words_of_one_house_are_never_seen_in_another(people: People, house) -> None:
    ruth = people.ruth
    says_licence(ruth, "brs")
    enter_words(ruth, "brs", "en", "Canary")
    assert "Canary" in ruth.opens(f"{AT}/brs/words/en").text
    lindiwe = people.lindiwe
    assert lindiwe.opens(f"{AT}/brs/words/en").status_code == 404
    for page in ("", "/brs", "/build", "/brs/as/xlsform", "/brs/as/fhir", "/brs/as/csv"):
        answer = lindiwe.opens(f"{AT}{page}")
        assert (answer.status_code, b"Canary" in answer.data) == (200, False)
    mine, theirs = kept(house, LicensedWording)[0].organisation_id, 2
    assert list(usable(house, mine)) == ["brs"]
    assert usable(house, theirs) == {}


def test_a_scale_can_be_asked_when_every_word_is_there(people: People, house) -> None:
    ruth = people.ruth
    says_licence(ruth, "brs")
    enter_words(ruth, "brs", "en", "Words", **{"brs|brs-6": ""})
    assert "1 text is missing" in ruth.opens(f"{AT}/brs").text
    assert usable(house, 1) == {}
    enter_words(ruth, "brs", "en", "Words")
    assert list(usable(house, 1)) == ["brs"]
    assert list(usable(house, 1, date(2099, 1, 1))) == ["brs"]


def test_a_licence_that_is_over_ends_with_its_day(people: People, house) -> None:
    ruth, last = people.ruth, date.today() + timedelta(days=3)
    says_licence(ruth, "brs", ends_on=last.isoformat())
    enter_words(ruth, "brs", "en", "Words")
    assert list(usable(house, 1, last)) == ["brs"]
    assert usable(house, 1, last + timedelta(days=1)) == {}


def test_taking_a_licence_back_leaves_the_line(people: People, house) -> None:
    ruth = people.ruth
    says_licence(ruth, "brs")
    ruth.fills(f"{AT}/brs", f"{AT}/brs/licence/end", began_from="0")
    (row,) = kept(house, LicenceClaim)
    assert (row.said_by, row.ended_by, row.ended_on is not None) == ("ruth", "ruth", True)
    says_licence(ruth, "brs")
    assert [row.ended_by for row in kept(house, LicenceClaim)] == ["ruth", ""]


def test_the_scale_on_which_people_answer_is_locked(people: People, house) -> None:
    ruth = people.ruth
    says_licence(ruth, "brs")
    enter_words(ruth, "brs", "en", "Words", **{"brs|option|9": "More", "brs|brs-7": "Seventh"})
    form = usable(house, 1)["brs"]
    assert [(option.code, option.score) for option in form.options] == [
        (str(n), n) for n in range(1, 6)
    ]
    assert len(form.items) == 6
    assert {"brs|option|9", "brs|brs-7"} & kept(house, LicensedWording)[0].words.keys() == set()


def test_without_the_owners_key_a_scale_that_is_not_certain_cannot_be_used(
    people: People, house
) -> None:
    ruth = people.ruth
    says_licence(ruth, "maks")
    enter_words(ruth, "maks", "en", "Words")
    assert usable(house, 1) == {}
    assert "The owner's key is missing" in ruth.opens(AT).text
    at = {"reverse": "6, 8 12", "scale-knowing": "1-6", "scale-recognising": "7–12"}
    ruth.fills(f"{AT}/maks", f"{AT}/maks/key", **at)
    form = usable(house, 1)["maks"]
    assert [n for n, item in enumerate(form.items, 1) if item.reverse] == [6, 8, 12]
    assert [len(form.items_of(scale.id)) for scale in form.scales] == [6, 6]
    (row,) = kept(house, LicenceClaim)
    assert (row.key_by, row.key["reverse"]) == ("ruth", [6, 8, 12])


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"reverse": "six"}, "Write numbers with commas between them"),
        ({"reverse": "17"}, "There is no item 17."),
        ({"reverse": ""}, "This field is required."),
    ],
)
def test_a_key_that_cannot_be_right_is_not_kept(people: People, house, typed, told) -> None:
    ruth = people.ruth
    says_licence(ruth, "mica-4")
    page = ruth.fills(f"{AT}/mica-4", f"{AT}/mica-4/key", **typed)
    assert page.status_code == 422
    assert told in page.text
    assert kept(house, LicenceClaim)[0].key is None
    ruth.fills(f"{AT}/mica-4", f"{AT}/mica-4/key", reverse="0")
    assert kept(house, LicenceClaim)[0].key == {"reverse": [], "scales": {}}


def test_the_key_comes_along_with_the_next_licence(people: People, house) -> None:
    ruth = people.ruth
    says_licence(ruth, "mica-4")
    ruth.fills(f"{AT}/mica-4", f"{AT}/mica-4/key", reverse="1, 2")
    ruth.fills(f"{AT}/mica-4", f"{AT}/mica-4/licence/end", began_from="0")
    says_licence(ruth, "mica-4")
    assert kept(house, LicenceClaim)[1].key == {"reverse": [1, 2], "scales": {}}


def test_words_that_somebody_saved_meanwhile_are_not_lost(people: People, house) -> None:
    ruth = people.ruth
    says_licence(ruth, "brs")
    enter_words(ruth, "brs", "en", "First")
    stale = enter_words(ruth, "brs", "en", "Second", began_from="0")
    assert stale.status_code == 409
    assert "Somebody saved other words meanwhile." in stale.text
    assert "First 3" in stale.text
    assert kept(house, LicensedWording)[0].words["brs|title"] == "First 0"
    assert enter_words(ruth, "brs", "en", "First", began_from="0").status_code == 200
    assert kept(house, LicensedWording)[0].version == 1


def test_no_word_of_an_item_stands_on_the_page_of_a_scale(people: People) -> None:
    page = people.ruth.opens(f"{AT}/ribs").text
    assert "Counting &#34;I don&#39;t know&#34; as 3 is disputed" in page
    assert re.findall(r"<h2>(.*?)</h2>", page) == [
        "What is certain",
        "What is not certain",
        "How it is scored",
        "Your licence",
        "Files for other tools",
    ]


def test_the_key_of_a_house_makes_an_instrument_of_its_own() -> None:
    from pathlib import Path

    shell = shells_in(Path(__file__).resolve().parents[2])["mica-4"]
    first, second = (shell.keyed(OwnersKey(each)) for each in ((1,), (2,)))
    assert first.digest != second.digest
