from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edu.segments.catalogue import Catalogue, Entry, new_catalogue, read_po, update, write_po
from edu.segments.po_header import LARGEST
from edu.segments.segment import Segment, clean, fold

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
SWAHILI = "nplurals=2; plural=(n != 1);"

FULL = Catalogue(
    entries=(
        Entry(
            "m1.3|Is it a choice?",
            "Yes",
            "Ndiyo",
            "translated",
            notes="an answer to: Is it a choice?",
            remarks=("Spoken form.", "Second remark."),
            places=(("content/m1/03-us.md", 12), ("a name.md", 4)),
            adaptation="names-and-work",
            reviewed=True,
            flags=("no-wrap",),
        ),
        Entry(
            "m1.3",
            'One\\\ntwo "three" \\ four',
            "moja\u2028\\\n\tmbili\x85",
            "stale",
            previous_source="One two",
        ),
        Entry("m1.3", "Yes"),
        Entry("", "Long " + "words " * 60, "x" * 300, "translated"),
    ),
    obsolete=(Entry("m1.3", "Gone", "Imekwenda", "translated", remarks=("Kept.",), reviewed=True),),
    headers=new_catalogue("sw", SWAHILI).headers,
    comment="Draft, awaiting review.\nSecond line.",
)


def _back(catalogue):
    return read_po(write_po(catalogue).encode())


def test_a_round_trip_loses_no_field():
    assert _back(FULL) == FULL


def test_writing_twice_gives_the_same_bytes():
    assert write_po(_back(FULL)) == write_po(FULL)


def test_the_plural_forms_come_from_the_caller():
    read = read_po(write_po(new_catalogue("sw"), {"Plural-Forms": SWAHILI}).encode())
    assert read.headers["Plural-Forms"] == SWAHILI
    assert read.headers["Language"] == "sw"


def test_a_long_text_stays_on_its_line():
    assert f'msgstr "{"x" * 300}"' in write_po(FULL).split("\n")


def test_a_remark_cannot_pass_for_a_review_or_an_adaptation():
    entry = Entry("m1.1", "a", "b", "translated", remarks=("reviewed", "adapt: x", "# reviewed"))
    read = _back(Catalogue((entry,))).entries[0]
    assert (read.reviewed, read.adaptation) == (False, "")
    assert read.remarks == ("Remark: reviewed", "Remark: adapt: x", "# reviewed")


def test_a_stale_translation_is_never_a_reviewed_one():
    text = HEADER + '# reviewed\n#, fuzzy\nmsgid "a"\nmsgstr "b"\n'
    entry = read_po(text.encode()).entries[0]
    assert (entry.state, entry.reviewed) == ("stale", False)


TEXT = st.text(min_size=1, max_size=25).filter(lambda text: fold(clean(text)))


@settings(max_examples=100, deadline=None)
@given(TEXT, TEXT, TEXT, TEXT, st.booleans())
def test_any_text_survives_the_round_trip(source, target, previous, remark, stale):
    wanted = Entry(
        "m1.1|" + fold(clean(source)),
        clean(source),
        clean(target),
        "stale" if stale else "translated",
        previous_source=clean(previous),
        notes=fold(clean(remark)),
        remarks=("– " + fold(clean(remark)).replace("\n", " "),),
        places=(("content/m1/01-a.md", 3),),
        reviewed=not stale,
    )
    stand_ins = dict.fromkeys(range(0xFDD0, 0xFDF0), 0xFFFD)
    read = _back(Catalogue((wanted,)))
    assert read.mistakes == ()
    assert [read.entries[0].context, read.entries[0].source, read.entries[0].target] == [
        text.translate(stand_ins) for text in (wanted.context, wanted.source, wanted.target)
    ]
    texts = dict.fromkeys(("context", "source", "target", "previous_source", "notes"), "")
    texts["remarks"] = ()
    assert replace(read.entries[0], **texts) == replace(wanted, **texts)
    assert read.entries[0].notes == wanted.notes.translate(stand_ins)
    assert read.entries[0].remarks == (wanted.remarks[0].translate(stand_ins),)
    assert read.entries[0].previous_source == wanted.previous_source.translate(stand_ins)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet='msgidctxtr "\\n#,|~.:[]0123\n\u2028 fuzzy', max_size=80))
def test_no_broken_file_breaks_the_reader(text):
    read = read_po((HEADER + text).encode())
    assert all(mistake.line >= 1 for mistake in read.mistakes)


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        (b'msgid "a"\nmsgstr "b"\n', 1, "header"),
        (b"", 1, "header"),
        (b'\nmsgid ""\nmsgstr "Content-Type: a; charset=latin-1\\n"\n', 2, "charset=UTF-8"),
        (b'msgid ""\nmsgstr "X: y\\n"\n', 1, "charset=UTF-8"),
        ((HEADER + 'msgid "a"\nmsgstr "').encode() + b"\xff\"", 5, "UTF-8"),
        ((HEADER + 'msgid "a\x00"').encode(), 4, "not a character"),
        ((HEADER + 'msgid "a"\nmsgstr "b\n').encode(), 5, "cannot be read"),
        ((HEADER + 'msgid "a"\nmsgstr "b"c"\n').encode(), 5, "cannot be read"),
        ((HEADER + 'msgid "a"\nmsgid "b"\nmsgstr "c"\n').encode(), 5, "stands where"),
        ((HEADER + 'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\n').encode(), 4, "plural"),
        (b" " * (LARGEST + 1), 1, "larger than 5 MB"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_trusted_is_refused_with_its_line(content, line, message):
    read = read_po(content, "sw/m1.po")
    assert [(mistake.file, mistake.line) for mistake in read.mistakes] == [("sw/m1.po", line)]
    assert message in read.mistakes[0].message
    assert read.entries == ()


@pytest.mark.parametrize("number", ["0", "7", "1000000000000", "1" * 5000, "", "x"])
def test_only_one_to_six_plural_forms_are_believed(number):
    header = HEADER.strip() + f'\n"Plural-Forms: nplurals={number}; plural=0;\\n"\n'
    assert [mistake.line for mistake in read_po(header.encode()).mistakes] == [1]


@pytest.mark.parametrize("number", ["1", "6"])
def test_one_and_six_plural_forms_are_believed(number):
    header = HEADER.strip() + f'\n"Plural-Forms: nplurals={number}; plural=0;\\n"\n'
    assert read_po(header.encode()).mistakes == ()


def test_every_duplicate_is_reported_with_both_lines():
    one = 'msgctxt "m1.1"\nmsgid "a"\nmsgstr "b"\n\n'
    read = read_po((HEADER + one + one + one).encode(), "m1.po")
    assert [str(mistake) for mistake in read.mistakes] == [
        "m1.po:8: This text stands already in line 4, in the same context.",
        "m1.po:12: This text stands already in line 4, in the same context.",
    ]


def test_a_file_is_read_from_its_path(tmp_path):
    path = tmp_path / "m1.po"
    path.write_text(write_po(FULL), "utf-8")
    assert read_po(path) == FULL


def _segment(text, context="m1.1", line=1):
    return Segment(context, text, "paragraph", line, "note")


def _translated(source, context="m1.1", **more):
    return Entry(context, source, f"<{source}>", "translated", **more)


def _updated(old, segments):
    return update(Catalogue(tuple(old)), {"a.md": segments})


def test_an_unchanged_source_keeps_everything_wherever_it_moves():
    old = _translated("Stays the same.", remarks=("r",), adaptation="x", reviewed=True)
    new = _updated([old], [_segment("Stays the same.", line=70)])
    assert new.entries == (replace(old, notes="note", places=(("a.md", 70),)),)


def test_an_edited_source_keeps_its_translation_as_stale():
    old = _translated("Hard times touch most families.", reviewed=True)
    new = _updated([old], [_segment("Hard times touch nearly every family.")])
    entry = new.entries[0]
    assert (entry.source, entry.target) == ("Hard times touch nearly every family.", old.target)
    assert (entry.state, entry.previous_source) == ("stale", old.source)
    assert entry.reviewed is False
    assert new.obsolete == ()


def test_a_short_text_edited_in_every_word_is_still_the_same_text():
    new = _updated([_translated("Helping hands")], [_segment("Helpful hand")])
    assert new.entries[0].state == "stale"


def test_a_long_sentence_with_no_word_left_is_another():
    old = "aaab aaac aaad aaae aaaf aaag aaah aaai"
    new = _updated([_translated(old)], [_segment(old.replace("a ", "b ").replace("aa", "ab"))])
    assert new.entries[0].state == "untranslated"


def test_a_second_edit_remembers_the_text_that_was_translated():
    old = _translated("Hard times touch most families.")
    once = _updated([old], [_segment("Hard times touch many families.")])
    twice = update(once, {"a.md": [_segment("Hard times can touch many families.")]})
    assert twice.entries[0].previous_source == old.source


def test_an_edit_taken_back_needs_no_new_look():
    old = _translated("Hard times touch most families.")
    once = _updated([old], [_segment("Hard times touch many families.")])
    back = update(once, {"a.md": [_segment("Hard times touch most families.")]})
    assert (back.entries[0].state, back.entries[0].previous_source) == ("translated", None)


def test_another_text_in_its_place_is_new_and_the_old_one_obsolete():
    new = _updated([_translated("A story of one family.")], [_segment("Which one is right?")])
    assert [(each.source, each.state) for each in new.entries] == [
        ("Which one is right?", "untranslated")
    ]
    assert [each.source for each in new.obsolete] == ["A story of one family."]


def test_a_text_in_another_context_is_not_taken_for_an_edit():
    old = _translated("Hard times touch most families.", "m1.2")
    new = _updated([old], [_segment("Hard times touch many families.", "m1.1")])
    assert new.entries[0].state == "untranslated"


def test_an_answer_to_an_edited_question_is_stale():
    old = _translated("Yes", "m1.1|Is it a choice?")
    new = _updated([old], [_segment("Yes", "m1.1|Is it ever a choice?")])
    assert (new.entries[0].target, new.entries[0].state) == ("<Yes>", "stale")
    assert new.entries[0].context == "m1.1|Is it ever a choice?"


def test_an_answer_of_another_lesson_is_not_carried_over():
    new = _updated([_translated("Yes", "m1.2|Is it?")], [_segment("Yes", "m1.1|Was it?")])
    assert new.entries[0].state == "untranslated"


def test_what_is_gone_is_written_without_what_its_reader_would_drop():
    gone = Entry("m1.1", "a", "b", "stale", previous_source="c")
    assert "#~|" not in write_po(Catalogue(obsolete=(gone,)))


def test_one_old_translation_serves_one_new_source_and_the_closest():
    old = _translated("One two three four five six.")
    new = _updated(
        [old],
        [_segment("One two three four five nine."), _segment("One two three four five six!")],
    )
    assert [each.state for each in new.entries] == ["untranslated", "stale"]


def test_what_comes_back_finds_its_old_translation():
    gone = _updated([_translated("Here today.")], [])
    back = update(gone, {"a.md": [_segment("Here today.")]})
    assert (back.entries[0].target, back.entries[0].state) == ("<Here today.>", "translated")
    assert back.obsolete == ()


def test_one_text_in_two_places_is_one_entry():
    new = update(
        Catalogue(), {"a.md": [_segment("Yes", line=2)], "b.md": [_segment("Yes", line=9)]}
    )
    assert [each.places for each in new.entries] == [(("a.md", 2), ("b.md", 9))]


def test_only_a_translated_entry_gives_words():
    catalogue = Catalogue((_translated("a"), Entry("m1.1", "b", "x", "stale"), Entry("m1.1", "c")))
    assert [catalogue.words(_segment(text)) for text in "abcd"] == ["<a>", None, None, None]
