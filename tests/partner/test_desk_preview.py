"""The live page: as learners would see it, framed by our own pages and nobody else's."""

from edu.pages.headers import FRAMED, FRAMING, SECURITY
from edu.partners.roles import Role
from tests.partner.desk_world import DESK, World, begins, writes

WELL = "At the well, Otieno greets first."
LOOK = f"{DESK}/sn/m1/m1.1/preview"


def test_only_the_look_may_be_framed_and_only_by_us(world: World) -> None:
    chipo = world.chipo
    begins(chipo)
    usual = dict(SECURITY)
    pages = {
        LOOK: usual | FRAMED,
        f"{DESK}/sn/m1/m1.1": usual | FRAMING,
        world.at(WELL): usual | FRAMING,
        DESK: usual,
        f"{DESK}/sn/m1": usual,
    }
    for address, wanted in pages.items():
        headers = chipo.opens(address).headers
        found = {name: headers.getlist(name) for name in wanted}
        assert (address, found) == (address, {name: [value] for name, value in wanted.items()})
        assert headers["Cache-Control"] == "no-store"


def test_what_is_changed_for_frames_is_one_word_of_the_policy() -> None:
    usual = dict(SECURITY)
    policy = usual["Content-Security-Policy"]
    assert {
        "Content-Security-Policy": policy.replace(
            "frame-ancestors 'none'", "frame-ancestors 'self'"
        ),
        "X-Frame-Options": "SAMEORIGIN",
    } == FRAMED
    assert {"Content-Security-Policy": f"{policy}; frame-src 'self'"} == FRAMING
    assert "frame-ancestors 'none'" in FRAMING["Content-Security-Policy"]


def test_the_look_is_the_page_with_the_words_on_the_desk(world: World) -> None:
    chipo = world.chipo
    begins(chipo)
    before = chipo.opens(LOOK)
    learner = world.house.test_client().get("/en/m1/1/")
    sections = [page.text.count('<section class="b ') for page in (before, learner)]
    assert sections[0] == sections[1]
    writes(chipo, world.at(WELL), "Patsime, Otieno anotanga.")
    after = chipo.opens(LOOK).text
    assert "<p>Patsime, Otieno anotanga.</p>" in after
    assert WELL not in after
    # Nobody else meets it before it is released.
    assert "Patsime" not in world.house.test_client().get("/en/m1/1/").text


def test_the_look_runs_in_the_direction_of_its_own_language(world: World) -> None:
    noor = world.adds("noor", Role.TRANSLATOR, tag="ar")
    page = noor.opens(f"{DESK}/ar/pages/pages.support/preview").text
    assert '<html lang="ar" dir="rtl">' in page
    desk = noor.opens(f"{DESK}/ar/pages/pages.support").text
    assert '<html lang="en" dir="ltr">' in desk
    assert '<p lang="ar" dir="rtl">' in desk


def test_every_sort_of_part_can_be_looked_at(world: World) -> None:
    farai = world.adds("farai", Role.TRANSLATOR)
    for place in ("sn/m1/m1", "sw/m1/m1.2", "ar/pages/pages.consent", "sw/quizzes/feelings"):
        for module in ("quizzes/openly", "quizzes/facts", place.partition("/")[2]):
            address = f"{DESK}/{place.partition('/')[0]}/{module}/preview"
            assert (address, farai.opens(address).status_code) == (address, 200)


def test_a_look_is_for_members_only(world: World) -> None:
    begins(world.chipo)
    stranger = world.house.test_client().get(LOOK)
    assert stranger.headers["Location"] == "/en/staff/sign-in"
    assert world.adds("tendai", Role.TRAINER).opens(LOOK).status_code == 403


def test_words_that_cannot_be_woven_are_told_of_and_break_nothing(world: World) -> None:
    chipo = world.chipo
    begins(chipo)
    for text in ("::: us", "- [ ] # *", "1. x\\", "<script>alert(1)</script>", "> :::"):
        writes(chipo, world.at(WELL), text)
        page = chipo.opens(LOOK)
        assert (text, page.status_code) == (text, 200)
        assert "<script>alert" not in page.text
        assert chipo.opens(f"{DESK}/sn/m1/m1.1").status_code == 200
