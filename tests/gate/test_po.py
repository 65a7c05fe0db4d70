"""PO files from strangers: the header, the rule for plurals, the lines, and where a file ends."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edu.segments.catalogue import read_po
from edu.segments.po_header import open_po
from tests.gate.made import PO_HEAD
from tests.gate.refusing import reasons


def head(plurals: str = "", charset: str = "UTF-8", more: str = "") -> str:
    forms = f'"Plural-Forms: {plurals}\\n"\n' if plurals else ""
    return f'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset={charset}\\n"\n{forms}{more}\n'


ENTRY = 'msgid "a"\nmsgstr "b"\n'

PLURALS = [
    "nplurals=999999999; plural=0",
    "nplurals=0; plural=0",
    "nplurals=7; plural=0",
    "nplurals=-1; plural=0",
    "nplurals=two; plural=0",
    "nplurals=99999999999999999999999; plural=0",
    "plural=n",
    "nplurals=2; plural=",
    "nplurals=2; plural=2",
    "nplurals=2; plural=n",
    "nplurals=2; plural=1/n",
    "nplurals=2; plural=n%0",
    "nplurals=2; plural=n**9",
    "nplurals=2; plural=9999999*n",
    "nplurals=2; plural=__import__('os')",
    "nplurals=2; plural=exec(n)",
    "nplurals=2; plural=n.real",
    "nplurals=2; plural=lambda: 1",
    "nplurals=2; plural=n if n else 0",
    "nplurals=2; plural=n[0]",
    "nplurals=2; plural=(n",
    "nplurals=2; plural=n != 1 ? 1",
    "nplurals=2; plural=" + "(" * 200 + "n" + ")" * 200,
    "nplurals=2; plural=" + "n+" * 200 + "n",
    "nplurals=2; plural=n<<9",
    "nplurals=2; plural=~n",
    "nplurals=2; plural=١",
    "nplurals=2; plural=n!=1; import os",
]

HEADS = [
    *(head(each) + ENTRY for each in PLURALS),
    *(
        head(charset=each) + ENTRY
        for each in (
            "utf-7",
            "utf-16",
            "unicode_escape",
            "raw_unicode_escape",
            "idna",
            "punycode",
            "rot13",
            "zlib",
            "base64",
            "mbcs",
            "latin-1",
            "CHARSET",
            "no-such",
            "../../x",
            "",
        )
    ),
    head("nplurals=2; plural=0", more='"Plural-Forms: nplurals=99; plural=0\\n"\n') + ENTRY,
    ENTRY,
    'msgid ""\nmsgstr "Language: sw\\n"\n' + ENTRY,
    'msgid ""\n',
    "",
    "# only words\n",
    "<html></html>",
]

LINES = [
    'msgid "a',
    "msgid a\nmsgstr b\n",
    'msgid "a"\nmsgstr "b" "c\n',
    'msgstr "b"\n',
    'msgid "a"\nmsgid "b"\nmsgstr "c"\n',
    'msgid "a"\n',
    'msgctxt "a"\nmsgstr "b"\n',
    'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[99999999] "d"\n',
    'msgid ""\nmsgstr "second head"\n',
    ENTRY * 2,
    "domain x\n",
    "msgid 'a'\nmsgstr 'b'\n",
    '=1+1\nmsgid "a"\nmsgstr "b"\n',
    'msgid "a"\nmsgstr "\0"\n',
    'msgid "a"\nmsgstr "\x1b[2J"\n',
    'msgid "a"\nmsgstr "\ufdd0"\n',
    f'msgid "a"\nmsgstr "{"x" * 30_000}"\n',
]


def hostile() -> list[bytes]:
    made = [text.encode() for text in HEADS] + [(PO_HEAD + text).encode() for text in LINES]
    return [
        *made,
        (PO_HEAD + ENTRY).encode("utf-16"),
        (PO_HEAD + 'msgid "é"\nmsgstr "b"\n').encode("latin-1"),
        (PO_HEAD + 'msgid "a"\nmsgstr "SURR"\n').encode().replace(b"SURR", b"\xed\xb0\x80"),
        (PO_HEAD + "".join(f'msgid "{at}"\nmsgstr ""\n' for at in range(20_001))).encode(),
        b"\xde\x12\x04\x95" + bytes(24),  # a compiled catalogue (MO)
        b"x" * (6 * 1024 * 1024),
    ]


def test_every_hostile_catalogue_is_refused_with_a_line() -> None:
    answers = [(content[:60], reasons("po", content, "m1.po")) for content in hostile()]
    assert [content for content, answer in answers if not answer] == []
    assert [answer for _, answer in answers if not answer[0].startswith("m1.po:")] == []
    assert len(answers) >= 68


@pytest.mark.parametrize("plurals", PLURALS)
def test_a_rule_for_plurals_that_gives_no_form_is_refused_before_any_library_reads_it(
    plurals: str,
) -> None:
    assert [each.line for each in open_po("m1.po", head(plurals).encode()).mistakes] == [1]


@pytest.mark.parametrize(
    "plurals",
    [
        "nplurals=1; plural=0;",
        "nplurals=2; plural=(n != 1);",
        "nplurals=2; plural=n>1",
        "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 ? 1 : 2);",
        "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : "
        "n%100>=11 ? 4 : 5);",
    ],
)
def test_the_rules_of_languages_are_taken(plurals: str) -> None:
    assert open_po("m1.po", head(plurals).encode()).mistakes == ()


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ('msgid "a"\n', [6]),
        ('msgid "a"\n"more"\n', [6]),
        ('msgid "a"\nmsgstr "b"\n\n# note\nmsgctxt "c"\nmsgid "d"\n', [11]),
        ('msgid "a"\n\nmsgid "b"\nmsgstr "c"\n', [8]),
        ('msgid "a"\nmsgstr "b"\n\nmsgctxt "c"\n', [9]),
        ('msgid "a"\nmsgstr "b"\n\n#~ msgid "old"\n', [9]),
        ('msgid "a"\nmsgid_plural "b"\n', [6]),
    ],
)
def test_an_entry_without_its_end_is_refused_with_its_line(text: str, lines: list[int]) -> None:
    catalogue = read_po((PO_HEAD + text).encode(), "m1.po")
    assert [(each.file, each.line) for each in catalogue.mistakes] == [
        ("m1.po", line) for line in lines
    ]


def test_a_catalogue_cut_off_anywhere_loses_no_entry_without_a_word() -> None:
    whole = PO_HEAD + "".join(f'msgid "text {at}"\nmsgstr "neno {at}"\n\n' for at in range(4))
    for length in range(len(PO_HEAD), len(whole)):
        catalogue = read_po(whole[:length].encode(), "m1.po")
        begun = whole[:length].count("msgid") - 1
        assert catalogue.mistakes or len(catalogue.entries) == begun, whole[:length][-20:]


def test_a_catalogue_with_everything_that_is_right_is_let_in() -> None:
    text = (
        "# Draft.\n" + PO_HEAD + '#. note\n#: a.md:3\n#, fuzzy\n#| msgid "old"\nmsgctxt "m1|x"\n'
        'msgid ""\n"two "\n"lines"\nmsgstr ""\n"mistari "\n"miwili"\n\n#~ msgid "gone"\n'
        '#~ msgstr "imekwenda"\n'
    )
    assert reasons("po", text.encode(), "m1.po") == []
    assert reasons("po", ("\ufeff" + text).replace("\n", "\r\n").encode(), "m1.po") == []


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="n0123456789 ()?:!=<>&|%+-*/;.x_", max_size=60))
def test_whatever_stands_in_the_rule_the_look_at_it_ends(rule: str) -> None:
    opened = open_po("m1.po", head(f"nplurals=2; plural={rule}").encode())
    assert len(opened.mistakes) in (0, 1)
