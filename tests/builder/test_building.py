"""Putting a questionnaire together in the browser."""

import re

from sqlalchemy import select

from edu.learning.instruments import instruments_for, kept_version
from edu.learning.models import InstrumentVersion
from tests.builder.forms import looks, rows, saves
from tests.builder.words import AT, enter_words, says_licence
from tests.people import People


def heads(page):
    """The headings of a page."""
    return re.findall(r"<h2>(.*?)</h2>", page.text)


def test_the_bank_shows_what_there_is_by_constructs(people: People) -> None:
    page = people.tendai.opens(f"{AT}/build").text
    legends = re.findall(r"<fieldset class=\"shelf-of\"><legend><span>(.*?)</span>", page)
    assert legends == ["What I know", "Being close", "Hoping"]
    assert re.findall(r'name="item" value="(.*?)"', page) == [
        *("facts|k1", "facts|k2"),
        *("feelings|contact-1", "feelings|contact-2"),
        *("feelings|hope-1", "feelings|hope-2"),
    ]


def test_a_form_is_looked_at_before_it_is_saved(people: People, house) -> None:
    page = looks(people.tendai, "feelings|hope-2", "feelings|hope-1", planned="25")
    assert page.status_code == 200
    assert "2 questions · about 1 minute" in page.text
    assert "a change of 0.58 times its usual spread" in page.text
    assert "Only a large change would show." in page.text
    assert re.findall(r"<ol>(.*?)</ol>", page.text, re.DOTALL)[0].count("<li><span>") == 2
    told = re.findall(r"<li>(.*?)</li>", page.text.partition("Think this over")[2])
    assert told[:4] == [
        "1 of 2 questions are worded negatively. A form also teaches: keep to 4 in 10.",
        "The first question is harsh. Begin with a gentle one.",
        "No question is about life with other people. Thoughts alone give half the picture.",
        "“Hoping” has 2 questions only. Do not read much into a single change.",
    ]
    assert rows(house) == []


def test_a_form_is_saved_as_a_version_that_groups_may_choose(people: People, house) -> None:
    answer = saves(people.tendai, "feelings|hope-1", "feelings|contact-1", name="Short")
    (row,) = rows(house)
    assert answer.headers["Location"].endswith(f"/staff/instruments/{row.instrument}")
    assert (row.name, row.version, row.made_by) == ("Short", 1, "tendai")
    assert row.parts == [["feelings", "hope-1"], ["feelings", "contact-1"]]
    words = row.words["sw"] if "sw" in row.words else row.words["en"]
    assert f"{row.instrument}|feelings-hope-1" in words
    with house.extensions["database"].session(reading=True) as session:
        kept = kept_version(session, row.instrument, 1)
        assert kept is not None
        assert [item.id for item in kept[1].items] == ["feelings-hope-1", "feelings-contact-1"]
        assert [scale.id for scale in kept[1].scales] == ["feelings-contact", "feelings-hope"]
        offered = instruments_for(session, row.organisation_id, row.made_on)
        assert [(each.id, each.built, each.usual) for each in offered] == [
            ("facts", False, True),
            ("feelings", False, True),
            ("openly", False, False),
            (row.instrument, True, False),
        ]
        assert instruments_for(session, row.organisation_id + 1, row.made_on)[3:] == []


def test_the_number_beside_an_item_is_its_place(people: People, house) -> None:
    items = ("feelings|contact-1", "feelings|contact-2", "feelings|hope-1")
    places = {f"place {item}": place for item, place in zip(items, "312", strict=True)}
    saves(people.tendai, *items, **places)
    assert [item for _, item in rows(house)[0].parts] == ["contact-2", "hope-1", "contact-1"]


def test_a_changed_form_is_a_new_version_and_the_same_one_is_not(people: People, house) -> None:
    tendai = people.tendai
    saves(tendai, "feelings|contact-1")
    again = f"{AT}/{rows(house)[0].instrument}/build"
    assert 'value="feelings|contact-1" checked' in tendai.opens(again).text
    saves(tendai, "feelings|contact-1", at=again)
    assert [row.version for row in rows(house)] == [1]
    saves(tendai, "feelings|contact-1", "feelings|contact-2", at=again)
    assert [(row.version, len(row.parts)) for row in rows(house)] == [(1, 1), (2, 2)]
    with house.extensions["database"].session(reading=True) as session:
        kept = session.scalars(
            select(InstrumentVersion).where(InstrumentVersion.instrument.startswith("o"))
        ).all()
        assert sorted(row.version for row in kept if row.instrument != "openly") == [1, 2]


def test_knowledge_and_attitude_are_never_in_one_form(people: People, house) -> None:
    page = saves(people.tendai, "feelings|contact-1", "facts|k1")
    assert page.status_code == 422
    assert "What people know and what they think are asked apart." in page.text
    assert rows(house) == []


def test_a_form_needs_a_name_and_a_question(people: People, house) -> None:
    tendai = people.tendai
    assert "Give it a name." in saves(tendai, "feelings|contact-1", name=" ").text
    assert "Choose at least one question." in saves(tendai).text
    assert "Choose at least one question." in saves(tendai, "nobody|x", "feelings|no").text
    assert rows(house) == []


def test_a_form_of_others_is_not_there(people: People, house) -> None:
    saves(people.tendai, "feelings|contact-1")
    name = rows(house)[0].instrument
    lindiwe = people.lindiwe
    for path in ("", "/build", "/as/csv"):
        assert lindiwe.opens(f"{AT}/{name}{path}").status_code == 404
    assert name not in lindiwe.opens(AT).text
    assert people.tendai.opens(f"{AT}/{name}").status_code == 200


def test_a_form_can_be_retired_and_offered_again(people: People, house) -> None:
    tendai = people.tendai
    saves(tendai, "feelings|contact-1")
    row = rows(house)[0]
    for offered in (3, 4):
        tendai.fills(f"{AT}/{row.instrument}", f"{AT}/{row.instrument}/retire")
        with house.extensions["database"].session(reading=True) as session:
            assert len(instruments_for(session, row.organisation_id, row.made_on)) == offered


def test_a_licensed_scale_is_taken_whole_and_its_words_stay_in_the_house(
    people: People, house
) -> None:
    ruth = people.ruth
    says_licence(ruth, "brs")
    assert "brs|" not in ruth.opens(f"{AT}/build").text
    enter_words(ruth, "brs", "en", "Licensed words")
    assert 'value="brs|*"' in ruth.opens(f"{AT}/build").text
    saves(ruth, "brs|*", name="Scale")
    (row,) = rows(house)
    assert len(row.parts) == 6
    assert "Licensed words" in row.words["en"][f"{row.instrument}|brs-1"]["text"]
    assert "Licensed words" not in str(row.definition)
    assert "Licensed words" in ruth.opens(f"{AT}/{row.instrument}").text
    for format in ("xlsform", "csv", "ddi", "fhir"):
        file = ruth.browser.get(f"{AT}/{row.instrument}/as/{format}")
        assert file.status_code == 200
        assert b"Licensed words" not in unpacked(file.data)


def unpacked(body: bytes) -> bytes:
    """The bytes of a file, those of a workbook taken out of their parcel."""
    import io
    import zipfile

    if not body.startswith(b"PK"):
        return body
    with zipfile.ZipFile(io.BytesIO(body)) as opened:
        return b"".join(opened.read(name) for name in opened.namelist())


def test_a_form_is_offered_no_more_when_its_licence_is_over(people: People, house) -> None:
    ruth = people.ruth
    says_licence(ruth, "brs")
    enter_words(ruth, "brs", "en", "Licensed words")
    saves(ruth, "brs|*", name="Scale")
    row = rows(house)[0]
    ruth.fills(f"{AT}/brs", f"{AT}/brs/licence/end", began_from="0")
    with house.extensions["database"].session(reading=True) as session:
        assert len(instruments_for(session, row.organisation_id, row.made_on)) == 3
    assert "brs|" not in ruth.opens(f"{AT}/build").text
