"""How many hostile files the page on imports speaks of, and how many there are."""

import re

from tests.gate import (
    test_names,
    test_payloads,
    test_pictures,
    test_po,
    test_recordings,
    test_sqlite_copy,
    test_tables,
    test_texts,
    test_xml,
    test_zips,
)
from tests.test_docs import section, text_of

THERE = {
    "packs": len(test_zips.hostile()),
    "XML files": len(test_xml.hostile("http://127.0.0.1:1")),
    "catalogues": len(test_po.hostile()),
    "names": len(test_names.HOSTILE),
    "formulas": len(test_tables.FORMULAS),
    "workbooks": len(test_tables.WORKBOOKS),
    "pictures": len(test_pictures.HOSTILE),
    "recordings": len(test_recordings.HOSTILE),
    "texts made to be slow": len(test_texts.SLOW),
    "databases": len(test_sqlite_copy.CRAFTED) + len(test_sqlite_copy.BYTES),
    "pieces of markup": len(test_payloads.PAYLOADS),
    "places of a text": len(test_payloads.SINKS),
}


def test_the_page_on_imports_counts_the_files_that_are_there() -> None:
    told = section(text_of("docs/security/imports.md"), "## How it is tested").replace(",", "")
    words = " ".join(told.split())
    found = {
        what: [int(number) for number in re.findall(rf"(\d+) {what}", words)] for what in THERE
    }
    assert found == {what: [number] for what, number in THERE.items()}
