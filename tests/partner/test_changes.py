"""Adaptations in the browser: why, and whole blocks put in, out and elsewhere."""

import csv
import io
import re
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import Babel
from sqlalchemy import select
from werkzeug.test import TestResponse

from edu.communities.editing import add_entry, start_profile
from edu.editions.models import Change
from edu.editions.parts import parts_of
from edu.editions.standing import standing
from edu.editions.working import edition_of
from edu.editions.workplace.adapting import Operation, change_named, changes_of
from edu.editions.workplace.block_faults import faults_of
from edu.exchange.notices import Notice, Sort
from edu.interface import ChainDomain, Interface
from edu.partner.changes_wording import faults_in_words
from edu.partner.exchange_words import detail_words
from tests.conftest import TINY
from tests.partner.review_world import DESK, Shona

CHANGES = f"{DESK}/m1/m1.2/changes"
#: What the short form holds, with the boxes that are ticked beforehand.
WHY = {
    "why": "People here meet at the borehole.",
    "dimensions": ["context"],
    "goals": ["address culture"],
    "settings": ["recipient"],
}
BLOCK = "::: here\nPachibhorani, Otieno anotanga kukwazisa.\n:::\n"


#: A catalogue of the interface, with words of some checks in it.
SWAHILI = r"""
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "Line %(line)d: %(fault)s"
msgstr "Mstari %(line)d: %(fault)s"

msgid "Write one block, from its opening colons to its closing ones."
msgstr "Andika sehemu moja."

msgid "There is no lesson or page '%(address)s' to link to."
msgstr "Hakuna '%(address)s' hapa."

msgid "A hidden sign turns the direction of the text (%(found)s). Take it out."
msgstr "Ishara iliyofichwa: %(found)s."

msgid "'%(block)s' speaks of suicide: mark it safety=suicide."
msgstr "'%(block)s' inataja kujiua."
"""


def makes(shona: Shona, operation: str, **values: object) -> TestResponse:
    """Chipo fills in the form of a new change."""
    page = f"{CHANGES}/new?do={operation}"
    return shona.person("chipo").fills(page, follow=False, **{**WHY, **values})


def kept(shona: Shona) -> list[Change]:
    with shona.house.extensions["database"].session(reading=True) as session:
        edition = edition_of(session, "sn", "m1")
        return changes_of(session, edition) if edition else []


def blocks(shona: Shona) -> list[str]:
    """The blocks of the lesson as it stands on the desk, by their names."""
    with shona.house.extensions["database"].session(reading=True) as session:
        words = standing(session, "sn", parts_of(TINY, "m1")["m1.2"]).markdown
    return re.findall(r"^:{3,} ?(idea|here|do|check|us|facilitator)", words, re.MULTILINE)


USUAL = ["idea", "here", "do", "check", "us", "facilitator"]


def test_only_why_and_one_box_must_be_filled_in(shona: Shona) -> None:
    assert makes(shona, "adapt").status_code == 303
    (row,) = kept(shona)
    assert (row.operation, row.why, row.dimensions) == ("adapt", WHY["why"], ["context"])
    assert (row.reasons, row.proposed_by, row.core_touched) == ({}, "translator", False)
    assert makes(shona, "adapt", why="").status_code == 422
    assert makes(shona, "adapt", dimensions=[]).status_code == 422
    assert len(kept(shona)) == 1


def test_what_evaluators_ask_is_kept_where_it_is_filled_in(shona: Shona) -> None:
    makes(
        shona,
        "adapt",
        proposers=["person with lived experience", "community member"],
        deciders=["programme leader"],
        evidence="focus group",
        evidence_people="8",
        evidence_on="2026-03-04",
        feared="Nobody may recognise the well.",
        why_tag="sn",
    )
    (row,) = kept(shona)
    assert row.proposed_by == "person with lived experience, community member"
    assert row.reasons == {
        "proposers": ["person with lived experience", "community member"],
        "deciders": ["programme leader"],
        "evidence": "focus group",
        "evidence_people": 8,
        "evidence_on": "2026-03-04",
        "feared": "Nobody may recognise the well.",
        "why_tag": "sn",
    }
    shown = shona.person("chipo").opens(f"{CHANGES}/{row.slug}/edit").text
    assert re.search(r'name="evidence_people"[^>]*value="8"', shown)


def test_a_block_is_left_out_put_in_replaced_and_moved(shona: Shona) -> None:
    assert blocks(shona) == USUAL
    makes(shona, "omit", block="us")
    assert blocks(shona) == ["idea", "here", "do", "check", "facilitator"]
    makes(shona, "add", after="idea", text=BLOCK)
    assert blocks(shona) == ["idea", "here", "here", "do", "check", "facilitator"]
    makes(shona, "reorder", block="check", after="idea")
    assert blocks(shona) == ["idea", "check", "here", "here", "do", "facilitator"]
    makes(shona, "replace", block="do", text=BLOCK.replace("here", "do"))
    assert blocks(shona) == ["idea", "check", "here", "here", "do", "facilitator"]
    assert [row.slug for row in kept(shona)] == [
        "m1-2-omit-1",
        "m1-2-add-1",
        "m1-2-reorder-1",
        "m1-2-replace-1",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Just words.", "Write one block"),
        (BLOCK + "\n" + BLOCK, "Write one block"),
        ("::: here\nCall +263 77 123 4567.\n:::\n", "Line 2:"),
        ("::: here\n<script>alert(1)</script>\n:::\n", "Line 2:"),
        ("::: here\nPa\u202echibhorani.\n:::\n", "U+202E"),
        ("::: here\nGo on in [this lesson](m9.9).\n:::\n", "Line 2:"),
        ("::: here\nAkafunga zvekuzviuraya.\n:::\n", "speaks of suicide: mark it safety=suicide."),
        ("::: here\nThey speak of suicide.\n:::\n", "speaks of suicide: mark it safety=suicide."),
    ],
)
def test_a_block_with_a_mistake_is_not_kept(shona: Shona, text: str, message: str) -> None:
    refused = makes(shona, "add", after="idea", text=text)
    assert refused.status_code == 422
    assert message in refused.text
    assert kept(shona) == []


def test_a_block_behind_itself_is_told_beside_the_choice(shona: Shona) -> None:
    refused = makes(shona, "reorder", block="idea", after="idea")
    assert (refused.status_code, kept(shona)) == (422, [])
    assert "A block cannot stand behind itself." in refused.text


def test_what_is_wrong_with_a_block_is_said_in_the_language_of_the_page(tmp_path: Path) -> None:
    folder = tmp_path / "sw" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "messages.po").write_text(SWAHILI, encoding="utf-8")
    app = Flask(__name__)
    Babel(app)
    ChainDomain(Interface(tmp_path), lambda: "sw").attach(app)
    with app.test_request_context():
        for text, said in (
            ("Just words.", "Andika sehemu moja."),
            ("::: here\nGo on in [this lesson](m9.9).\n:::\n", "Mstari 2: Hakuna 'm9.9' hapa."),
            ("::: here\nPa\u202echibhorani.\n:::\n", "Ishara iliyofichwa: U+202E."),
            ("::: here\nAlijiua.\n:::\n", "Mstari 1: 'here' inataja kujiua."),
        ):
            found = faults_of(TINY, "sw", (), Operation("add", after="idea", text=text))
            assert faults_in_words(found) == [said]
            # So is what keeps words of a file from such a block.
            assert detail_words(Notice(Sort.BLOCK_FAULTY, "", faults=tuple(found))) == said


def test_a_word_of_the_glossary_for_suicide_asks_for_the_mark_too(shona: Shona) -> None:
    block = "::: here\nAkafunga musha wakaoma.\n:::\n"
    said = {"term": "musha wakaoma", "meaning": "Said in Mutare."}
    with shona.house.extensions["database"].work() as session:
        profile = start_profile(session, "sn", {"name": "Shona", "place": "Mutare"}, None)
        add_entry(session, profile, "term", "suicide", said, None)
    refused = makes(shona, "add", after="idea", text=block)
    assert (refused.status_code, kept(shona)) == (422, [])
    assert "speaks of suicide" in refused.text
    marked = block.replace("here", "here safety=suicide")
    assert makes(shona, "add", after="idea", text=marked).status_code == 303


def test_a_block_is_looked_at_before_it_is_saved(shona: Shona) -> None:
    looked = makes(shona, "add", after="idea", text=BLOCK, preview="yes")
    assert looked.status_code == 200
    assert '<section class="b here"' in looked.text
    assert "<p>Pachibhorani, Otieno anotanga kukwazisa.</p>" in looked.text
    assert kept(shona) == []


def test_the_checks_of_words_speak_of_a_block_too(shona: Shona) -> None:
    shona.translates("chipo")
    labelled = BLOCK.replace("Otieno", "benzi uye uye")
    assert makes(shona, "add", after="idea", text=labelled).status_code == 303
    page = shona.person("chipo").opens(f"{CHANGES}/m1-2-add-1").text
    said = re.findall(r'<p class="(error|note)">(.*?)</p>', page.partition('id="checks"')[2])
    assert [(kind, re.sub("<[^>]+>", "", words).split("“")[0][:32]) for kind, words in said] == [
        ("error", "Cannot be released: "),
        ("note", "The same word stands twice: uye "),
    ]
    release = shona.person("tatenda").opens(f"{DESK}/m1/release").text
    assert "A check found a mistake in a block of your own:" in release
    assert f'href="{CHANGES}/m1-2-add-1#checks"' in release
    chipo, edit = shona.person("chipo"), f"{CHANGES}/m1-2-add-1/edit"
    chipo.fills(edit, text=BLOCK, version=1, after="idea", operation="add", **WHY)
    assert "The checks found nothing." in chipo.opens(f"{CHANGES}/m1-2-add-1").text
    assert "m1-2-add-1" not in shona.person("tatenda").opens(f"{DESK}/m1/release").text


def test_a_block_whose_link_leads_nowhere_any_more_is_not_released(shona: Shona) -> None:
    linked = BLOCK.replace("Otieno", "[Otieno](m1.1)")
    makes(shona, "add", after="idea", text=linked)
    tatenda, release = shona.person("tatenda"), f"{DESK}/m1/release"
    assert "m1-2-add-1" not in tatenda.opens(release).text
    with shona.house.extensions["database"].work() as session:
        row = session.scalars(select(Change).where(Change.slug == "m1-2-add-1")).one()
        row.text = row.text.replace("m1.1", "m9.9")  # as if the lesson had gone
    assert "m1-2-add-1" in tatenda.opens(release).text


def test_what_was_taken_back_can_be_brought_back(shona: Shona) -> None:
    makes(shona, "omit", block="us")
    chipo, page = shona.person("chipo"), f"{CHANGES}/m1-2-omit-1"
    chipo.fills(page, to=f"{page}/back", version=1, do="take")
    assert (blocks(shona), kept(shona)[0].gone) == (USUAL, True)
    chipo.fills(page, to=f"{page}/back", version=2, do="bring")
    assert (len(blocks(shona)), kept(shona)[0].gone) == (5, False)
    history = chipo.opens(page).text
    assert [word in history for word in ("brought back", "taken back", "saved")] == [True] * 3


def test_of_two_who_change_one_block_neither_loses_her_words(shona: Shona) -> None:
    makes(shona, "add", after="idea", text=BLOCK)
    page = f"{CHANGES}/m1-2-add-1/edit"
    values = {**WHY, "after": "idea", "operation": "add"}
    mine, hers = BLOCK.replace("Otieno", "Rufaro"), BLOCK.replace("Otieno", "Tariro")
    chipo, other = shona.person("chipo"), shona.person("chipo")
    assert other.fills(page, text=hers, version=1, **values).status_code == 200
    collided = chipo.fills(page, text=mine, version=1, **values)
    assert collided.status_code == 409
    assert "Tariro" in collided.text
    assert "Rufaro" in collided.text
    assert re.search(r'name="version"[^>]*value="2"', collided.text)
    assert chipo.fills(page, text=mine, version=2, **values).status_code == 200
    assert kept(shona)[0].text == mine


def test_a_questionnaire_is_never_adapted(shona: Shona) -> None:
    chipo = shona.person("chipo")
    address = f"{DESK}/quizzes/feelings/changes"
    assert chipo.opens(address).status_code == 404
    assert chipo.opens(f"{address}/new?do=adapt").status_code == 404
    assert chipo.opens(f"{DESK}/pages/pages.support/changes/new?do=omit").status_code == 404


def test_a_reviewer_reads_changes_and_makes_none(shona: Shona) -> None:
    makes(shona, "omit", block="us")
    rudo, page = shona.person("rudo"), f"{CHANGES}/m1-2-omit-1"
    assert "Take it back" not in rudo.opens(page).text
    assert rudo.opens(f"{CHANGES}/new?do=omit").status_code == 403
    assert rudo.fills("/en/staff", to=f"{page}/back", version=1).status_code == 403


def test_evaluators_take_tables_that_no_spreadsheet_runs(shona: Shona) -> None:
    makes(shona, "omit", block="us", why="=HYPERLINK(1)", expected="More people stay.")
    makes(shona, "add", after="idea", text=BLOCK, dimensions=["language", "context"])
    rudo = shona.person("rudo")
    frame = rudo.opens(f"{DESK}/m1/changes/frame.csv")
    assert frame.mimetype == "text/csv"
    rows = list(csv.DictReader(io.StringIO(frame.text.removeprefix("\ufeff"))))
    assert [(row["record"], row["nature"], row["reason"]) for row in rows] == [
        ("m1-2-omit-1", "removing or skipping", "'=HYPERLINK(1)"),
        ("m1-2-add-1", "adding", WHY["why"]),
    ]
    matrix = rudo.opens(f"{DESK}/m1/changes/dimensions.csv").text.removeprefix("\ufeff")
    last = list(csv.DictReader(io.StringIO(matrix)))[-1]
    assert (last["record"], last["context"], last["language"], last["goals"]) == (
        "all",
        "2",
        "1",
        "0",
    )
    text = rudo.opens(f"{DESK}/m1/changes/tidier.txt").text
    assert "m1.2 idea: adding. Why: People here meet at the borehole." in text


def test_a_record_keeps_its_name(shona: Shona) -> None:
    makes(shona, "adapt")
    makes(shona, "adapt")
    with shona.house.extensions["database"].session(reading=True) as session:
        edition = edition_of(session, "sn", "m1")
        assert edition is not None
        second = change_named(session, edition, "m1-2-adapt-2")
    assert second is not None


def test_a_reason_keeps_the_language_of_the_page_that_it_was_written_on(shona: Shona) -> None:
    chipo = shona.person("chipo")
    swahili = CHANGES.replace("/en/", "/sw/", 1)
    chipo.fills(f"{swahili}/new?do=adapt", **{**WHY, "why": "Watu hukutana kisimani."})
    makes(shona, "omit", block="us")
    assert [row.reasons.get("why_tag", "") for row in kept(shona)] == ["sw", ""]

    def reasons(page: str) -> list[str]:
        shown = chipo.opens(page).text
        return re.findall(r"<p( lang[^>]*)?>(?:Watu|People)", shown)

    assert reasons(CHANGES) == [' lang="sw" dir="ltr"', ""]
    assert reasons(swahili) == ["", ' lang="en" dir="ltr"']
    form = chipo.opens(f"{CHANGES}/m1-2-adapt-1/edit").text
    assert re.findall(r'<option selected value="([\w-]*)">', form)[0] == "sw"


def test_a_reason_written_beside_the_words_keeps_its_language_too(shona: Shona) -> None:
    chipo, segment = shona.person("chipo"), shona.part().segments()[0]
    page = f"/sw/staff/editions/sn/m1/m1.2/{segment.key}"
    values = {"text": "Mhoro.", "reason": "+", "why": "Watu husalimiana hivi."}
    assert chipo.fills(page, follow=False, version=1, **values).status_code == 303
    (row,) = kept(shona)
    assert (row.why, row.reasons) == ("Watu husalimiana hivi.", {"why_tag": "sw"})
    options = chipo.opens(f"{DESK}/m1/m1.2/{segment.key}").text
    assert re.findall(r"<option([^>]*)>Watu husalimiana hivi.</option>", options) == [
        ' dir="ltr" lang="sw" selected value="m1-2-adapt-1"'
    ]


def test_of_two_blocks_of_one_name_the_last_is_offered(shona: Shona) -> None:
    makes(shona, "add", after="here", text=BLOCK)
    page = shona.person("chipo").opens(CHANGES).text
    listed = page[page.index('<ol class="blocks">') :].split("<li>")[1:]
    offered = [re.findall(r"do=omit&amp;block=(\w+)", each) for each in listed]
    assert offered == [["idea"], [], ["here"], ["do"], ["check"], ["us"], ["facilitator"]]
    assert ["take the other one back first" in each for each in listed].index(True) == 1
