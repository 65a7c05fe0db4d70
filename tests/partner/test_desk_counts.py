"""What is counted at the desk, and what "with readers" means there."""

import re
from datetime import date

from edu.communities.editing import add_entry, start_profile
from edu.editions.models import Edition, Rendering
from edu.editions.review.community_reading import WHOLE, Opinion, close, keep, link_by_secret
from edu.editions.working import now
from edu.partner.helping import hits
from tests.partner.desk_world import World, begins, writes
from tests.partner.review_world import DESK, Shona
from tests.people import StaffPerson

REVIEW = f"{DESK}/m1/m1.2/review"


def said(person: StaffPerson, address: str, part: str = "") -> tuple[str, list[str]]:
    """The state that the dashboard or the module's page shows, and what it tells of readers."""
    page = person.opens(address).text
    at = page.index(f'href="{DESK}/m1{part}"')
    piece = page[at:].partition("</li>")[0]
    state = re.search(r'class="state[^"]*">([^<]+)', piece)
    assert state is not None
    told = re.findall(r'<p class="facts">([^<]*(?:signed|by link|answered)[^<]*)</p>', piece)
    return state[1], [each for each in told if "not signed" not in each]


def both(person: StaffPerson) -> list[tuple[str, list[str]]]:
    """The same on the dashboard and on the module's page."""
    return [
        said(person, DESK.removesuffix("/sn")),
        said(person, f"{DESK}/m1", "/m1.2"),
    ]


def test_a_link_that_nobody_answers_is_not_yet_with_readers(shona: Shona) -> None:
    shona.translates("chipo")
    chipo = shona.person("chipo")
    assert both(chipo) == [("Draft", [])] * 2
    made = chipo.fills(f"{REVIEW}/links", note="The women's group", days="30")
    asked = "A link for readers is open. Nobody has answered yet."
    assert both(chipo) == [("Draft", [asked])] * 2
    secret = re.search(r"/en/read/([\w-]+)", made.text)
    assert secret is not None
    for number in range(2):
        with shona.house.extensions["database"].work() as session:
            link = link_by_secret(session, secret[1])
            assert link is not None
            opinions = [Opinion(block, {"understandable": "yes"}) for block in (1, 2, WHOLE)]
            keep(session, link, f"{number}" * 24, opinions, date(2026, 1, 2))
    assert both(chipo) == [("With readers", ["2 answers by link"])] * 2
    shona.signs("rudo", "native")
    both_kinds = ["1 reader has signed", "2 answers by link"]
    assert both(chipo) == [("With readers", both_kinds)] * 2
    with shona.house.extensions["database"].work() as session:
        link = link_by_secret(session, secret[1])
        assert link is not None
        close(session, link)
    assert both(chipo) == [("With readers", ["1 reader has signed"])] * 2


def test_a_text_that_stands_twice_at_one_place_is_counted_once_everywhere(shona: Shona) -> None:
    shona.translates("chipo")
    segments = shona.part().segments()
    count = len({each.key for each in segments})
    assert count == len(segments) - 1
    chipo = shona.person("chipo")
    page = chipo.opens(f"{DESK}/m1/m1.2").text
    assert f"{count} of {count} sentences have words." in page
    review = chipo.opens(REVIEW).text
    assert f"{count} of {count}" in review
    assert f"{len(segments)} of" not in review


def test_a_text_whose_source_stands_nowhere_any_more_is_not_released(shona: Shona) -> None:
    shona.translates("chipo")
    with shona.house.extensions["database"].work() as session:
        edition = session.query(Edition).filter_by(tag="sn", module="m1").one()
        session.add(
            Rendering(
                edition_id=edition.id,
                context="m1.2",
                source="This stood here once.",
                text="Zvakare",
                state="draft",
                saved_at=now(),
            )
        )
    for login, reader in (("rudo", "native"), ("farai", "lived"), ("nyasha", "health")):
        assert shona.signs(login, reader) == 303
    shona.person("tatenda").fills(f"{DESK}/m1/release", note="The first.")
    with shona.house.extensions["database"].session(reading=True) as session:
        rows = {row.source: row for row in session.query(Rendering).filter_by(context="m1.2")}
        gone, stands = rows["This stood here once."], rows["At the well, Otieno greets first."]
        assert (gone.state, gone.released_text, gone.released_state) == ("draft", "", "")
        assert (stands.state, stands.released_state) == ("reviewed", "reviewed")
        assert stands.released_text == stands.text


def test_words_that_stand_nowhere_any_more_are_no_news(shona: Shona) -> None:
    shona.translates("chipo")
    with shona.house.extensions["database"].work() as session:
        for row in session.query(Rendering).filter(Rendering.context.startswith("m1.2")):
            row.released_text, row.released_state, row.state = row.text, "reviewed", "reviewed"
        edition = session.query(Edition).filter_by(tag="sn", module="m1").one()
        session.add(
            Rendering(
                edition_id=edition.id, context="m1.2", source="Gone.", text="Zvakare", state="draft"
            )
        )
    page = shona.person("tatenda").opens(f"{DESK}/m1/release").text
    told = page.partition(f'href="{REVIEW}"')[2].partition("</h3>")[0]
    assert "Nothing new" in told


def test_the_head_of_a_module_is_looked_at_with_the_words_of_the_place(world: World) -> None:
    chipo = world.chipo
    begins(chipo)
    with world.house.extensions["database"].work() as session:
        profile = start_profile(session, "sn", {"name": "Shona", "place": "Mutare"}, None)
        add_entry(session, profile, "swaps", "people", {"values": ["Tendai", "Rudo"]}, None)
    writes(chipo, world.at("Neighbours", "m1"), "{people.1} navavakidzani")
    for part in ("m1", "m1.1"):
        page = chipo.opens(f"{DESK}/m1/{part}/preview").text
        assert "Tendai navavakidzani" in page
        assert "{people.1}" not in page


def test_words_of_a_languages_places_are_shown_with_their_place(world: World) -> None:
    def says(tag: str, term: str) -> None:
        with world.house.extensions["database"].work() as session:
            profile = start_profile(session, tag, {"name": tag, "place": "A place"}, None)
            add_entry(session, profile, "term", "suicide", {"term": term, "meaning": "x"}, None)

    def listed(tag: str) -> list[tuple[str, str]]:
        with world.house.test_request_context("/en/"):
            return [(hit.term, hit.place) for hit in hits(tag, "She speaks of suicide.")]

    says("sn-ZW", "kuzviuraya")
    says("sn-MZ", "kufa kwake")
    assert listed("sn") == [("kufa kwake", "sn-MZ"), ("kuzviuraya", "sn-ZW")]
    assert listed("sn-ZW") == [("kuzviuraya", "")]
    says("sn", "kuzviparadza")
    assert listed("sn") == [("kuzviparadza", "")]
