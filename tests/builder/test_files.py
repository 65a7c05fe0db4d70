"""Forms as files: out to other tools, and in from Kobo, ODK or ours."""

import csv
import io
import json
from xml.etree import ElementTree

import openpyxl
import pytest
from pyxform.xls2xform import convert

from edu.quizzes.instrument import Instrument
from tests.builder.forms import brings, changed, download, rows
from tests.builder.words import AT
from tests.people import People


def wrong(page):
    import re

    told = re.findall(r"<li><bdi>(.*?)</bdi></li>", page.text)
    return [re.sub(r"<[^>]*>", "", each) for each in told]


@pytest.mark.parametrize("name", ["feelings", "facts", "openly"])
def test_pyxform_opens_what_goes_out_in_every_language(people: People, tmp_path, name) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(download(people.tendai, name, "xlsform"))
    made = convert(xlsform=path, validate=False)
    # It knows languages and no places: what we call sw-KE it takes as a name.
    assert [each for each in made.warnings if "language declarations" not in each] == []
    assert made.xform.count("<translation ") == 4
    assert "<value>-</value>" not in made.xform


def test_pyxform_opens_every_shell(people: People, house, tmp_path) -> None:
    tendai, path = people.tendai, tmp_path / "form.xlsx"
    for name in ("ribs", "maks", "cami-12", "aq-9", "swemwbs"):
        path.write_bytes(download(tendai, name, "xlsform"))
        assert convert(xlsform=path, validate=False).warnings == []


@pytest.mark.parametrize("name", ["feelings", "facts", "openly"])
def test_what_goes_out_comes_back_as_the_same_measure(people: People, house, name) -> None:
    tendai = people.tendai
    assert brings(tendai, download(tendai, name, "xlsform")).status_code == 200
    (row,) = rows(house)
    back = Instrument.from_json(json.dumps(row.definition))
    ours = json.loads(download(tendai, name, "fhir"))
    again = json.loads(download(tendai, row.instrument, "fhir"))
    assert again["item"] == ours["item"]
    assert (back.validated, back.on) == (False, False)
    assert row.parts == []


def test_scales_and_their_rules_come_back(people: People, house) -> None:
    tendai = people.tendai
    body = changed(
        download(tendai, "feelings", "xlsform"),
        daraja_scales__F2="sum",
        daraja_scales__I2="2",
        daraja_scales__L3="wellbeing",
        daraja_scales__M3="place",
    )
    brings(tendai, body)
    back = Instrument.from_json(json.dumps(rows(house)[0].definition))
    contact, hope = back.scales
    assert (contact.method.value, contact.dont_know) == ("sum", 2)
    assert (hope.construct, hope.level and hope.level.value) == ("wellbeing", "place")
    assert [item.reverse for item in back.items] == [False, False, False, True]


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (
            {"survey__C3": None},
            ["form.xlsx/survey:3: there are no words in &#34;en&#34;"],
        ),
        (
            {"choices__C2": "  ", "choices__C4": None},
            [
                "form.xlsx/choices:2: there are no words in &#34;en&#34;",
                "form.xlsx/choices:4: there are no words in &#34;en&#34;",
            ],
        ),
        ({"survey__A3": "geopoint"}, ["form.xlsx/survey:3: a question of the kind"]),
        ({"survey__A3": "select_one nowhere"}, ["form.xlsx/choices: the list &#34;nowhere&#34;"]),
        ({"survey__B3": "Ünder"}, ["form.xlsx/survey:3: &#34;Ünder&#34; must be small letters"]),
        (
            {"survey__C1": "label::Klingon"},
            ["form.xlsx/survey: &#34;label::Klingon&#34; names no language"],
        ),
        ({"choices__J2": "high"}, None),
        ({"daraja_scales__F2": "median"}, ["form.xlsx/daraja_scales:2: &#34;method&#34; must be"]),
        ({"daraja_form__B10": "good"}, ["form.xlsx/daraja_form: &#34;higher_means&#34; must"]),
    ],
)
def test_every_mistake_of_a_file_names_its_sheet_and_row_and_nothing_is_taken(
    people: People, house, cells, told
) -> None:
    tendai = people.tendai
    body = download(tendai, "feelings", "xlsform")
    if told is None:
        titles = [cell.value for cell in openpyxl.load_workbook(io.BytesIO(body))["choices"][1]]
        column = "ABCDEFGHIJKLMNOP"[titles.index("score")]
        cells, told = {f"choices__{column}2": "high"}, ["form.xlsx/choices:2: &#34;high&#34; is no"]
    page = brings(tendai, changed(body, **cells))
    assert page.status_code == 422
    found = wrong(page)
    for each in told:
        assert [line for line in found if line.startswith(each)] != [], found
    assert rows(house) == []


def test_a_language_that_the_choices_lack_is_told_which_others_leave_out(
    people: People, house
) -> None:
    tendai = people.tendai
    body = download(tendai, "feelings", "xlsform")
    page = brings(tendai, changed(body, survey__Z1="label::Zulu (zu)", survey__Z3="Sawubona"))
    assert page.status_code == 422
    told = wrong(page)
    assert "form.xlsx/choices: no column holds words in &#34;zu&#34;" in told
    assert "form.xlsx/survey:4: there are no words in &#34;zu&#34;" in told


def test_what_is_no_workbook_is_refused_at_the_gate(people: People, house) -> None:
    assert brings(people.tendai, b"<html>", "form.xlsx").status_code == 422
    assert brings(people.tendai, b"PK\x03\x04", "form.xlsx").status_code == 422
    assert brings(people.tendai, b"a,b", "form.csv").status_code == 422
    assert rows(house) == []


def test_the_codebook_says_what_each_answer_counts(people: People) -> None:
    text = download(people.tendai, "feelings", "csv").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    turned = [row for row in rows if row["variable"] == "hope-2"]
    assert [(row["code"], row["score"], row["counts"]) for row in turned] == [
        ("1", "1", "3"),
        ("2", "2", "2"),
        ("3", "3", "1"),
        ("dk", "", ""),
        ("pnts", "", ""),
    ]
    assert (turned[0]["question::en"], turned[0]["answer::en"]) == ("Nothing helps.", "No")


def test_fhir_has_both_weights_and_every_translation(people: People) -> None:
    made = json.loads(download(people.tendai, "feelings", "fhir"))
    assert (made["resourceType"], made["status"], made["experimental"]) == (
        "Questionnaire",
        "active",
        True,
    )
    turned = next(each for each in made["item"] if each["linkId"] == "hope-2")
    first = turned["answerOption"][0]["valueCoding"]
    assert [(e["url"].rpartition("/")[2], e["valueDecimal"]) for e in first["extension"]] == [
        ("ordinalValue", 3),
        ("itemWeight", 3),
    ]
    assert turned["type"] == "choice"
    codes = [each["valueCoding"]["code"] for each in turned["answerOption"]]
    assert codes == ["1", "2", "3", "dk", "pnts"]


def test_ddi_is_xml_with_a_variable_for_each_question(people: People) -> None:
    root = ElementTree.fromstring(download(people.tendai, "feelings", "ddi"))
    ddi = {"d": "ddi:codebook:2_5"}
    assert root.tag == "{ddi:codebook:2_5}codeBook"
    names = [each.get("name") for each in root.findall("d:dataDscr/d:var", ddi)]
    assert names == ["contact-1", "contact-2", "hope-1", "hope-2"]
    ids = {each.get("ID") for each in root.findall("d:dataDscr/d:var", ddi)}
    for group in root.findall("d:dataDscr/d:varGrp", ddi):
        assert set(group.get("var", "").split()) <= ids
    missing = root.findall("d:dataDscr/d:var[1]/d:catgry[@missing='Y']/d:catValu", ddi)
    assert [each.text for each in missing] == ["dk", "pnts"]


def test_there_is_no_other_format(people: People) -> None:
    assert people.tendai.opens(f"{AT}/feelings/as/exe").status_code == 404
    assert people.tendai.opens(f"{AT}/nothing/as/csv").status_code == 404
