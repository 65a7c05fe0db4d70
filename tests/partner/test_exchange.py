"""Taking an edition along as a file, and bringing it back, through the pages."""

import io
import re

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from edu.editions.models import Change, Edition, Rendering
from edu.editions.working import save
from edu.exchange.models import Dispute, Incoming
from edu.partners.members import give_role, organisation_named
from edu.partners.models import AuditEntry
from edu.partners.roles import Role
from tests.people import OURS, StaffPerson, fields_of, make_staff

AT = "/en/staff/editions/sw/m1/exchange"
FORMATS = ("xlsx", "tmx", "xliff", "po")


@pytest.fixture
def bridge(house: Flask) -> Flask:
    """The house with people who translate, review and publish."""
    with house.extensions["database"].work() as session:
        make_staff(session, "chipo", "Bridge Society", Role.TRANSLATOR)
        make_staff(session, "rudo", "Bridge Society", Role.REVIEWER)
        make_staff(session, "tatenda", "Bridge Society", Role.PUBLISHER)
        make_staff(session, "tendai", "Bridge Society", Role.TRAINER)
    return house


def person(house: Flask, login: str) -> StaffPerson:
    return StaffPerson(house.test_client(), login).signs_in()


def sends(by: StaffPerson, content: bytes, name: str, part: str = "") -> TestResponse:
    """Send a file, and follow to what it would change."""
    token = fields_of(by.opens(AT)).hidden["csrf_token"]
    return by.browser.post(
        AT,
        data={"csrf_token": token, "file": (io.BytesIO(content), name), "part": part},
        headers=OURS,
        follow_redirects=True,
        buffered=True,
    )


def answers(by: StaffPerson, address: str, **values: object) -> TestResponse:
    """Send the form of the page at this address."""
    hidden = fields_of(by.opens(address)).hidden
    return by.sends(address, **{**hidden, **values})


def text_of(house: Flask, source: str) -> tuple[str, str]:
    with house.extensions["database"].session(reading=True) as session:
        row = session.scalars(
            select(Rendering)
            .join(Edition, Edition.id == Rendering.edition_id)
            .where(Edition.tag == "sw", Edition.module == "m1", Rendering.source == source)
        ).one()
        return row.text, row.state


def types(house: Flask, source: str, text: str) -> None:
    """Somebody else saves words meanwhile."""
    with house.extensions["database"].work() as session:
        row = session.scalars(
            select(Rendering)
            .join(Edition, Edition.id == Rendering.edition_id)
            .where(Edition.tag == "sw", Edition.module == "m1", Rendering.source == source)
        ).one()
        save(session, row, text, version=row.version, member_id=None)


def how_many(house: Flask, table: type) -> int:
    with house.extensions["database"].session(reading=True) as session:
        return int(session.scalar(select(func.count()).select_from(table)) or 0)


@pytest.mark.parametrize("format", FORMATS)
def test_an_edition_goes_out_and_comes_back_without_a_change(bridge: Flask, format: str) -> None:
    chipo = person(bridge, "chipo")
    file = chipo.opens(f"{AT}/as/{format}")
    named = re.fullmatch(r"attachment; filename=(.*)", file.headers["Content-Disposition"])
    assert named is not None
    page = sends(chipo, file.data, named[1])
    assert page.request.path == f"{AT}/look"
    assert "There is nothing to bring in." in page.text


def test_a_file_is_brought_in_after_a_yes(bridge: Flask) -> None:
    chipo = person(bridge, "chipo")
    file = chipo.opens(f"{AT}/as/po").data.replace(b"Dakika kumi.", b"Dakika kumi hivi.")
    page = sends(chipo, file, "m1.po")
    assert "1 text would be saved as a draft." in page.text
    assert "Dakika kumi hivi." in page.text
    assert text_of(bridge, "Ten minutes.") == ("Dakika kumi.", "reviewed")
    page = answers(chipo, f"{AT}/look", bring="yes")
    assert page.request.path == AT
    assert text_of(bridge, "Ten minutes.") == ("Dakika kumi hivi.", "draft")
    assert how_many(bridge, Incoming) == 0
    with bridge.extensions["database"].session(reading=True) as session:
        line = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert line is not None
    assert (line.by_login, line.deed, line.object_kind, line.object_name) == (
        "chipo",
        "brought in",
        "edition",
        "sw m1",
    )


def test_a_file_that_is_dropped_changes_nothing(bridge: Flask) -> None:
    chipo = person(bridge, "chipo")
    file = chipo.opens(f"{AT}/as/po").data.replace(b"Dakika kumi.", b"Dakika kumi hivi.")
    sends(chipo, file, "m1.po")
    answers(chipo, f"{AT}/look", drop="yes")
    assert how_many(bridge, Incoming) == 0
    assert text_of(bridge, "Ten minutes.") == ("Dakika kumi.", "reviewed")


def test_what_was_changed_since_the_look_is_looked_at_again(bridge: Flask) -> None:
    chipo = person(bridge, "chipo")
    file = chipo.opens(f"{AT}/as/po").data.replace(b"Hakuna mtu", b"Hapana mtu")
    seen = fields_of(sends(chipo, file, "m1.po")).hidden
    types(bridge, "Nobody", "Hakuna hata mmoja")
    page = chipo.sends(f"{AT}/look", **seen, bring="yes")
    assert page.status_code == 409
    assert "Something was changed here meanwhile." in page.text
    assert text_of(bridge, "Nobody") == ("Hakuna hata mmoja", "draft")
    assert how_many(bridge, Dispute) == 0


def _conflict(bridge: Flask) -> StaffPerson:
    chipo = person(bridge, "chipo")
    file = chipo.opens(f"{AT}/as/po").data.replace(b"Hakuna mtu", b"Hapana mtu")
    types(bridge, "Nobody", "Hakuna hata mmoja")
    page = sends(chipo, file, "m1.po")
    assert "1 text was changed here too" in page.text
    page = answers(chipo, f"{AT}/look", bring="yes")
    assert page.request.path == f"{AT}/conflicts"
    assert ("Hakuna hata mmoja" in page.text, "Hapana mtu" in page.text) == (True, True)
    assert text_of(bridge, "Nobody") == ("Hakuna hata mmoja", "draft")
    return chipo


def _one_dispute(bridge: Flask) -> str:
    with bridge.extensions["database"].session(reading=True) as session:
        return f"{AT}/conflicts/{session.scalars(select(Dispute.id)).one()}"


@pytest.mark.parametrize(
    ("button", "text"), [("file", "Hapana mtu"), ("here", "Hakuna hata mmoja")]
)
def test_somebody_chooses_between_two_texts(bridge: Flask, button: str, text: str) -> None:
    chipo = _conflict(bridge)
    hidden = fields_of(chipo.opens(f"{AT}/conflicts")).hidden
    page = chipo.sends(_one_dispute(bridge), **hidden, **{button: "yes"})
    assert "There is nothing to choose." in page.text
    assert text_of(bridge, "Nobody") == (text, "draft")


def test_words_saved_since_the_choice_was_shown_are_not_overwritten(bridge: Flask) -> None:
    chipo = _conflict(bridge)
    hidden = fields_of(chipo.opens(f"{AT}/conflicts")).hidden
    types(bridge, "Nobody", "Hakuna kabisa")
    page = chipo.sends(_one_dispute(bridge), **hidden, file="yes")
    assert page.status_code == 409
    assert "Hakuna kabisa" in page.text
    assert text_of(bridge, "Nobody") == ("Hakuna kabisa", "draft")


def test_a_whole_lesson_comes_in_as_drafts(bridge: Flask) -> None:
    chipo = person(bridge, "chipo")
    lesson = bridge.extensions["settings"].root / "content" / "m1" / "01-greeting.md"
    text = lesson.read_text(encoding="utf-8").replace("Yes, he does.", "Ndiyo.")
    page = sends(chipo, text.encode(), "salamu.md", part="m1.1")
    assert "1 text would be saved as a draft." in page.text
    answers(chipo, f"{AT}/look", bring="yes")
    assert text_of(bridge, "Yes, he does.") == ("Ndiyo.", "draft")


def test_a_lesson_must_say_which_it_is(bridge: Flask) -> None:
    chipo = person(bridge, "chipo")
    page = sends(chipo, b"# Salamu\n", "salamu.md")
    assert page.status_code == 422
    assert "Say which lesson this file is a translation of." in page.text


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"", "m1.po", "The file is empty."),
        (b"hello", "m1.po", "The file must start with a header"),
        (b"hello", "m1.docx", "The name must end in .po, .xlf, .tmx, .xlsx, .md."),
        (b"x", "../../etc/m1.po", "The name holds a path"),
        (b"PK\x03\x04", "m1.xlsx", "m1.xlsx"),
        (b"<!DOCTYPE x><xliff/>", "m1.xlf", "The file has a document type or entities"),
        (b"x\n" * 150_000, "m1.po", "The file must start with a header"),
    ],
    ids=["empty", "nonsense", "ending", "path", "zip", "doctype", "longer than a form"],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(
    bridge: Flask, content: bytes, name: str, reason: str
) -> None:
    chipo = person(bridge, "chipo")
    page = sends(chipo, content, name)
    assert page.status_code == 422
    assert reason in page.text
    assert how_many(bridge, Incoming) == 0


def test_a_file_that_is_too_large_is_refused_with_its_limit(bridge: Flask) -> None:
    chipo = person(bridge, "chipo")
    page = sends(chipo, b"x\n" * 60_000, "salamu.md", part="m1.1")
    assert page.status_code == 422
    assert "The file is larger than 100 kB." in page.text


def test_a_file_of_another_language_cannot_be_taken(bridge: Flask) -> None:
    chipo = person(bridge, "chipo")
    file = chipo.opens("/en/staff/editions/sw-KE/m1/exchange/as/po").data
    page = sends(chipo, file, "m1.po")
    assert "Nothing of this file can be taken." in page.text
    assert 'name="bring"' not in page.text


def test_somebody_elses_waiting_file_is_not_shown(bridge: Flask) -> None:
    chipo = person(bridge, "chipo")
    sends(chipo, chipo.opens(f"{AT}/as/po").data, "m1.po")
    with bridge.extensions["database"].work() as session:
        make_staff(session, "other", "Bridge Society", Role.TRANSLATOR)
    assert person(bridge, "other").opens(f"{AT}/look").request.path == AT


def test_reviewers_and_publishers_take_files_along_and_bring_none_in(bridge: Flask) -> None:
    for login in ("rudo", "tatenda"):
        by = person(bridge, login)
        assert by.opens(f"{AT}/as/xlsx").status_code == 200
        page = by.opens(AT)
        assert 'type="file"' not in page.text
        assert by.opens(f"{AT}/look").status_code == 403


def test_whoever_translates_another_language_finds_nothing_here(bridge: Flask) -> None:
    with bridge.extensions["database"].work() as session:
        meena = make_staff(session, "meena", "Bridge Society")
        home = organisation_named(session, "Bridge Society")
        assert home is not None
        give_role(session, meena, home, Role.TRANSLATOR, language="ta")
    by = person(bridge, "meena")
    for where in ("", "/as/po", "/look", "/conflicts"):
        assert (where, by.opens(AT + where).status_code) == (where, 404)


def test_words_of_a_block_of_their_own_come_back_after_a_look(bridge: Flask) -> None:
    chipo = person(bridge, "chipo")
    block = "::: here\nWatu hukutana kisimani.\n:::\n"
    made = {"after": "idea", "text": block, "why": "Here.", "dimensions": "context"}
    chipo.fills("/en/staff/editions/sw/m1/m1.2/changes/new?do=add", **made)
    file = chipo.opens(f"{AT}/as/po").text
    assert file.count('msgstr "Watu hukutana kisimani."') == 1
    changed = file.replace('msgstr "Watu hukutana kisimani."', 'msgstr "Watu hukutana sokoni."')
    page = sends(chipo, changed.encode(), "m1.po").text
    assert "1 text would be saved as a draft." in page
    assert re.findall(r'<p class="facts">(In a block of your own)</p>', page) == [
        "In a block of your own"
    ]
    answers(chipo, f"{AT}/look", bring="yes")
    with bridge.extensions["database"].session(reading=True) as session:
        texts = session.scalars(select(Change.text).where(Change.slug == "m1-2-add-1")).all()
    assert texts == [block.replace("kisimani", "sokoni")]


def test_what_is_not_there_is_not_found(bridge: Flask) -> None:
    chipo = person(bridge, "chipo")
    for where in (
        f"{AT}/as/docx",
        f"{AT}/as/po?part=m9.1",
        "/en/staff/editions/sw/m9/exchange",
        "/en/staff/editions/sw/m9/exchange/conflicts",
        "/en/staff/editions/sw/m9/exchange/look",
        "/en/staff/editions/en/m1/exchange",
    ):
        assert (where, chipo.opens(where).status_code) == (where, 404)
