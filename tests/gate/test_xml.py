"""XML from strangers: refused with the line, or taken; nobody is called, nothing is read."""

import socket
import threading
from collections.abc import Iterator

import pytest

from tests.gate.made import XLIFF
from tests.gate.refusing import reasons

_NS = 'xmlns="urn:oasis:names:tc:xliff:document:1.2"'
_LAUGHS = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10 if at else "lol"}">' for at in range(10))
_LONG = "a" * 50_000
_MANY = " ".join(f'a{at}="1"' for at in range(500))
_ROOT = f"<xliff {_NS}><file>&x;</file></xliff>"


@pytest.fixture(scope="module")
def listener() -> Iterator[tuple[str, list[int]]]:
    """An address on this machine, and how often somebody came."""
    calls: list[int] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        ended = threading.Event()

        def listen() -> None:
            while not ended.is_set():
                try:
                    caller, _ = server.accept()
                except TimeoutError:
                    continue
                calls.append(1)
                caller.close()

        waiting = threading.Thread(target=listen)
        waiting.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/x", calls
        ended.set()
        waiting.join()


def hostile(address: str) -> dict[str, bytes]:
    """XML files that each try one thing."""
    texts = {
        "laughs": f"<!DOCTYPE x [{_LAUGHS}]><xliff {_NS}>&l9;</xliff>",
        "quadratic": f'<!DOCTYPE x [<!ENTITY x "{_LONG}">]>{_ROOT.replace("&x;", "&x;" * 99)}',
        "a file": f'<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>{_ROOT}',
        "a page": f'<!DOCTYPE x [<!ENTITY x SYSTEM "{address}">]>{_ROOT}',
        "a public page": f'<!DOCTYPE x [<!ENTITY x PUBLIC "x" "{address}">]>{_ROOT}',
        "parameter": f'<!DOCTYPE x [<!ENTITY % p SYSTEM "{address}"> %p;]>{_ROOT}',
        "outer DTD": f'<!DOCTYPE xliff SYSTEM "{address}">{_ROOT}',
        "public DTD": f'<!DOCTYPE xliff PUBLIC "-//x" "{address}">{_ROOT}',
        "empty DTD": f"<!DOCTYPE xliff>{_ROOT.replace('&x;', '')}",
        "DTD with a notation": f'<!DOCTYPE x [<!NOTATION n SYSTEM "{address}">]>{_ROOT}',
        "DTD with a default": f'<!DOCTYPE x [<!ATTLIST xliff a CDATA "b">]>{_ROOT}',
        "unparsed": f'<!DOCTYPE x [<!ENTITY x SYSTEM "{address}" NDATA n>]>{_ROOT}',
        "unknown entity": _ROOT,
        "stylesheet": f'<?xml-stylesheet href="{address}"?>{XLIFF.partition("?>")[2]}',
        "another program": f"<?php echo 1 ?>{XLIFF.partition('?>')[2]}",
        "include": (
            f'<xliff {_NS} xmlns:i="http://www.w3.org/2001/XInclude">'
            f'<i:include href="{address}"/></xliff>'
        ),
        "include a file": (
            f'<xliff {_NS} xmlns:i="http://www.w3.org/2001/XInclude">'
            '<i:include href="/etc/passwd" parse="text"/></xliff>'
        ),
        "deep": f"<xliff {_NS}>" + "<g>" * 5_000 + "</g>" * 5_000 + "</xliff>",
        "wide": f"<xliff {_NS}>" + "<g/>" * 250_000 + "</xliff>",
        "long attribute": f'<xliff {_NS} a="{"x" * 20_000}"/>',
        "many attributes": f"<xliff {_NS} {_MANY}/>",
        "twice one attribute": f'<xliff {_NS} a="1" a="2"/>',
        "long text": f"<xliff {_NS}>{'x' * 200_000}</xliff>",
        "not closed": f"<xliff {_NS}><file>",
        "two roots": f"<xliff {_NS}/><xliff {_NS}/>",
        "another root": "<html><body/></html>",
        "a drawing": '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>',
        "another family": '<xliff xmlns="urn:x"/>',
        "nothing": " ",
        "text": "Hello",
        "says latin": '<?xml version="1.0" encoding="ISO-8859-1"?>' + _ROOT,
        "says utf-7": '<?xml version="1.0" encoding="UTF-7"?>+ADw-xliff/+AD4-',
        "says utf-16": '<?xml version="1.0" encoding="UTF-16"?>' + _ROOT,
        "NUL": f"<xliff {_NS}>\0</xliff>",
        "NUL by number": f"<xliff {_NS}>&#0;</xliff>",
        "control by number": f"<xliff {_NS}>&#8;</xliff>",
        "surrogate by number": f"<xliff {_NS}>&#xD800;</xliff>",
        "version 1.1": '<?xml version="1.1"?>' + _ROOT,
        "script behind": XLIFF + "<script>alert(1)</script>",
        "prefix unknown": "<q:xliff/>",
    }
    made = {name: text.encode() for name, text in texts.items()}
    made["UTF-16"] = XLIFF.encode("utf-16")
    made["UTF-16 without a mark"] = XLIFF.encode("utf-16-le")
    made["UTF-32"] = XLIFF.encode("utf-32")
    made["DTD in UTF-16"] = texts["a page"].encode("utf-16")
    made["latin"] = XLIFF.replace("Hello", "é").encode("latin-1")
    made["EBCDIC"] = XLIFF.encode("cp500")
    made["lone surrogate"] = XLIFF.encode().replace(b"Hello", b"\xed\xa0\x80")
    made["long way to say a slash"] = XLIFF.encode().replace(b"Hello", b"\xc0\xaf")
    made["too large"] = XLIFF.replace("Hello", "Hello " * 400_000).encode()
    return made


def test_every_hostile_file_is_refused_with_its_place_and_nobody_is_called(
    listener: tuple[str, list[int]],
) -> None:
    address, calls = listener
    answers = {
        name: reasons("xliff", content, "a.xlf") for name, content in hostile(address).items()
    }
    assert [name for name, answer in answers.items() if not answer] == []
    assert [line for answer in answers.values() for line in answer if "a.xlf:" not in line] == []
    assert calls == []
    assert len(answers) >= 47


def test_the_listener_would_hear_a_call(listener: tuple[str, list[int]]) -> None:
    address, calls = listener
    port = int(address.rpartition(":")[2].partition("/")[0])
    socket.create_connection(("127.0.0.1", port)).close()
    for _ in range(50):
        if calls:
            break
        threading.Event().wait(0.1)
    assert calls.pop() == 1


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (f"<xliff {_NS}>\n\n<a>\n</xliff>", 4),
        (f"<?xml version='1.0'?>\n<!DOCTYPE a>\n<xliff {_NS}/>", 2),
        (f"<xliff {_NS}>\n<?go?>\n</xliff>", 2),
        (f"<xliff {_NS}>\n\n\x0b</xliff>", 3),
    ],
)
def test_a_refusal_names_the_line(text: str, line: int) -> None:
    assert [each.partition(": ")[0] for each in reasons("xliff", text.encode(), "a.xlf")] == [
        f"a.xlf:{line}"
    ]


@pytest.mark.parametrize(
    ("kind", "name", "text"),
    [
        ("xliff", "a.xlf", XLIFF),
        ("xliff", "a.xliff", "\ufeff" + XLIFF),
        ("xliff", "a.xlf", XLIFF.replace("document:1.2", "document:2.0")),
        ("xliff", "a.xlf", XLIFF.replace("\n", "\r\n").replace("Habari", "&lt;&#x1F642;>&amp;")),
        ("tmx", "a.tmx", '<tmx version="1.4"><header/><body/></tmx>'),
        ("tbx", "a.tbx", "<martif><text/></martif>"),
        ("tbx", "a.tbx", '<tbx xmlns="urn:iso:std:iso:30042:ed-2"/>'),
    ],
)
def test_a_good_file_is_let_in(kind: str, name: str, text: str) -> None:
    assert reasons(kind, text.encode(), name) == []
