"""What goes out is what the standards say, looked at by somebody else's rules where there are."""

import json
import re
import warnings
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import pytest
from flask import Flask

from tests.builder.forms import download, rows, saves
from tests.people import People

#: Our own, and shells, which go out without their words.
FORMS = ["feelings", "facts", "openly", "brs", "ribs", "swemwbs"]
_XML = "{http://www.w3.org/XML/1998/namespace}lang"
#: What each element of DDI-Codebook 2.5 may hold of what we write, in the order of its schema.
ORDER = {
    "codeBook": ("stdyDscr", "dataDscr"),
    "stdyDscr": ("citation", "stdyInfo"),
    "citation": ("titlStmt", "prodStmt", "verStmt"),
    "titlStmt": ("titl", "parTitl", "IDNo"),
    "prodStmt": ("copyright",),
    "verStmt": ("version",),
    "stdyInfo": ("abstract",),
    "dataDscr": ("varGrp", "var"),
    "varGrp": ("labl", "defntn", "notes"),
    "var": ("labl", "qstn", "catgry", "varFormat", "notes"),
    "qstn": ("qstnLit",),
    "catgry": ("catValu", "labl"),
}
#: Of these there is one at most in its parent.
ONCE = {"titl", "copyright", "version", "defntn", "varFormat", "catValu"}


@pytest.fixture
def every(people: People, house: Flask) -> dict[str, str]:
    """Forms by what they are, as they are called in addresses."""
    tendai = people.tendai
    saves(tendai, "feelings|hope-1", name="Mine", **{"title en": "Ours"})
    return dict(zip(FORMS, FORMS, strict=True)) | {"built": rows(house)[0].instrument}


def test_fhir_is_a_questionnaire_by_the_rules_of_the_standard(
    people: People, every: dict[str, str]
) -> None:
    with warnings.catch_warnings():
        # Its own, about a newer way to write what it does itself.
        warnings.simplefilter("ignore")
        from fhir.resources.R4B.questionnaire import Questionnaire
    for name in every.values():
        sent = json.loads(download(people.tendai, name, "fhir"))
        read = Questionnaire.model_validate(sent)
        assert json.loads(read.model_dump_json(exclude_none=True)) == sent


def values(found: Any) -> Iterator[Any]:
    """Everything in a JSON document."""
    yield found
    inner = found.values() if isinstance(found, dict) else found if isinstance(found, list) else ()
    for each in inner:
        yield from values(each)


def test_fhir_has_nothing_empty_and_names_each_thing_once(
    people: People, every: dict[str, str]
) -> None:
    for name in every.values():
        sent = json.loads(download(people.tendai, name, "fhir"))
        assert [each for each in values(sent) if each in ("", [], {})] == []
        assert re.fullmatch(r"[A-Z]\w{0,254}", sent["name"])
        links = [item["linkId"] for item in sent["item"]]
        assert len(set(links)) == len(links)


def test_ddi_has_its_elements_in_the_order_of_the_schema(
    people: People, every: dict[str, str]
) -> None:
    for name in every.values():
        root = ElementTree.fromstring(download(people.tendai, name, "ddi"))
        for element in root.iter():
            tag = element.tag.removeprefix("{ddi:codebook:2_5}")
            held = [child.tag.removeprefix("{ddi:codebook:2_5}") for child in element]
            known = ORDER.get(tag, ())
            assert held == sorted(held, key=known.index)
            assert [each for each in ONCE if held.count(each) > 1] == []
        ids = [each.get("ID") for each in root.iter() if each.get("ID")]
        assert len(set(ids)) == len(ids)
        assert [each for each in ids if not re.fullmatch(r"[A-Za-z_][\w.-]*", str(each))] == []


def test_what_is_called_of_a_language_is_in_it(people: People, every: dict[str, str]) -> None:
    root = ElementTree.fromstring(download(people.tendai, "feelings", "ddi"))
    first = root.find("{*}dataDscr/{*}var/{*}qstn")
    assert first is not None
    assert [(each.get(_XML), each.text) for each in first] == [
        ("en", "I would sit beside a neighbour who is unwell."),
        ("sw", "Ningekaa kando ya jirani ambaye hajisikii vizuri."),
        ("sw-KE", "Ningekaa kando ya jirani ambaye hajisikii vizuri."),
    ]
    sent = json.loads(download(people.tendai, "feelings", "fhir"))
    asked = {item["linkId"]: item for item in sent["item"]}
    languages = [
        each["extension"][0]["valueCode"] for each in asked["contact-1"]["_text"]["extension"]
    ]
    assert languages == ["sw", "sw-KE"]
    assert "_text" not in asked["hope-2"]
