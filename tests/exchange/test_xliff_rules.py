"""What the standard (XLIFF 2.1) asks of a file, looked at in files of ours."""

import re
from collections import Counter
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from edu.database import Database
from edu.exchange.going_out import parcel_of
from edu.exchange.xliff import write
from tests.conftest import TINY
from tests.exchange.made import PARCEL, PLURAL

CORE = "{urn:oasis:names:tc:xliff:document:2.0}"
META = "{urn:oasis:names:tc:xliff:metadata:2.0}"
#: What may stand in an element, in this order (2.1, section 4.2.2).
ORDER = {
    f"{CORE}xliff": [f"{CORE}file"],
    f"{CORE}file": [f"{META}metadata", f"{CORE}notes", f"{CORE}group"],
    f"{CORE}group": [f"{META}metadata", f"{CORE}notes", f"{CORE}unit"],
    f"{CORE}unit": [f"{META}metadata", f"{CORE}notes", f"{CORE}segment"],
    f"{CORE}notes": [f"{CORE}note"],
    f"{CORE}segment": [f"{CORE}source", f"{CORE}target"],
    f"{META}metadata": [f"{META}metaGroup"],
    f"{META}metaGroup": [f"{META}meta"],
}
NAME_TOKEN = re.compile(r"[\w.:-]+")
STATES = {"initial", "translated", "reviewed", "final"}


@pytest.fixture(params=["made", "shipped"])
def root(request: pytest.FixtureRequest, database: Database) -> Element:
    """A file with units of every sort, and one of an edition that ships."""
    parcel = PARCEL
    if request.param == "shipped":
        with database.session(reading=True) as session:
            parcel = parcel_of(session, TINY, "sw", "m1")
    return ElementTree.fromstring(write(parcel))


def walk(element: Element) -> Iterator[Element]:
    return element.iter()


def test_the_head_names_version_and_languages(root: Element) -> None:
    assert root.get("version") == "2.1"
    assert root.get("srcLang") == "en"
    assert root.get("trgLang") in ("ar", "sw")


def test_elements_stand_where_and_in_the_order_that_the_standard_says(root: Element) -> None:
    for element in walk(root):
        allowed = ORDER.get(element.tag, [])
        places = [allowed.index(child.tag) for child in element]
        assert (element.tag, places) == (element.tag, sorted(places))


def test_what_must_not_be_empty_is_not(root: Element) -> None:
    for element in walk(root):
        if element.tag in (f"{CORE}notes", f"{META}metadata", f"{META}metaGroup", f"{CORE}file"):
            assert len(element) > 0


def test_ids_are_name_tokens_and_no_two_are_the_same(root: Element) -> None:
    for tag in (f"{CORE}unit", f"{CORE}group"):
        ids = [element.get("id", "") for element in root.iter(tag)]
        assert [each for each in ids if not NAME_TOKEN.fullmatch(each)] == []
        assert [each for each, count in Counter(ids).items() if count > 1] == []


def test_states_are_of_the_standard_and_ours_have_a_prefix(root: Element) -> None:
    for segment in root.iter(f"{CORE}segment"):
        assert segment.get("state") in STATES
        assert re.fullmatch(r"daraja:[a-z]+", segment.get("subState", ""))
        has_words = segment.find(f"{CORE}target") is not None
        assert has_words or segment.get("state") == "initial"


def test_metadata_has_types(root: Element) -> None:
    for meta in root.iter(f"{META}meta"):
        assert meta.get("type")
        assert len(meta) == 0


def test_plural_forms_are_units_of_their_own() -> None:
    root = ElementTree.fromstring(write(type(PARCEL)("ar", "messages", (PLURAL,))))
    assert [unit.get("id") for unit in root.iter(f"{CORE}unit")] == [
        f"{PLURAL.id}.p{form}" for form in range(3)
    ]
