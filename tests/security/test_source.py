"""What the program's own text must not contain, wherever it is written.

These rules are cheaper to keep by reading every file than by attacking every page: a thing that is
nowhere cannot be reached.
"""

import ast
import re
from functools import cache
from pathlib import Path

from tests.security.world import World, rules
from tests.test_docs import ROOT

EDU = ROOT / "edu"

#: Calls that run text as a program, or make a program of data. (`compile` of `re` is another.)
RUNS_TEXT = {
    "eval",
    "exec",
    "compile",
    "os.system",
    "os.popen",
    "pickle.load",
    "pickle.loads",
    "marshal.loads",
    "shelve.open",
    "yaml.load",
    "yaml.unsafe_load",
    "render_template_string",
    "Template",
}

#: Modules that call somebody, and why each file may have them.
CALLS_OUT = {
    "edu/partners/mail.py": "the mail server that was set up",
    "edu/partners/openid.py": "the one house that was set up",
    "edu/health/server_checks.py": "asks whether this server's own port is taken",
    "edu/slow_phones/phone.py": "the connections that came in",
    "edu/slow_phones/wire.py": "the connections that came in",
    "edu/slow_phones/worker.py": "the connections that came in",
}
_NETWORK = {"socket", "http.client", "urllib.request", "smtplib", "ftplib", "requests", "httpx"}

#: Programs that are started, and why.
STARTS = {
    "edu/gate/running.py": "the process that looks at a stranger's file",
    "edu/health/keeper.py": "the daily work, in a process of its own",
    "edu/server/jobs.py": "jobs that take long, in a process of their own",
}

#: Files that put a statement together, from names of our own: pragmas, settings, functions.
NAMES_OF_OURS = {
    "edu/backups/tables.py",
    "edu/database.py",
    "edu/gate/sqlite_copy.py",
    "edu/health/database_checks.py",
    "edu/sqlite.py",
}

#: Hashes and ciphers that are not to be used for anything new.
_WEAK = re.compile(r"\b(md5|sha1|md4|rc4|DES|ECB|blowfish|PKCS1v15)\b", re.IGNORECASE)


def sources() -> list[Path]:
    return sorted([ROOT / "app.py", *EDU.rglob("*.py")])


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def calls(tree: ast.AST) -> list[tuple[str, ast.Call]]:
    """Every call with the dotted name of what is called."""
    return [
        (ast.unparse(node.func), node)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute)
    ]


@cache
def imported(tree: ast.AST) -> set[str]:
    """Every module that is imported, whole or in part."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


@cache
def trees() -> list[tuple[str, ast.AST]]:
    """Every source with its name, read once for all questions."""
    return [(name_of(path), ast.parse(path.read_text(encoding="utf-8"))) for path in sources()]


def forbidden(tree: ast.AST) -> list[str]:
    return [name for name, _call in calls(tree) if name in RUNS_TEXT]


def test_no_text_is_run_and_no_object_is_made_from_bytes() -> None:
    assert [(name, found) for name, tree in trees() if (found := forbidden(tree))] == []
    assert forbidden(ast.parse("eval(x); yaml.load(y); pickle.loads(z)")) == [
        "eval",
        "yaml.load",
        "pickle.loads",
    ]


def test_only_named_files_can_call_anybody() -> None:
    found = {name for name, tree in trees() if imported(tree) & _NETWORK}
    assert found == set(CALLS_OUT)


def test_only_named_files_start_a_program_and_none_by_a_shell() -> None:
    found = {name for name, tree in trees() if "subprocess" in imported(tree)}
    assert found == set(STARTS)
    shells = [
        name
        for name, tree in trees()
        if name in found
        for _called, call in calls(tree)
        if any(word.arg == "shell" for word in call.keywords)
    ]
    assert shells == []


def test_no_weak_hash_or_cipher_is_used() -> None:
    found = [name for name, tree in trees() for word, _ in calls(tree) if _WEAK.search(word)]
    assert found == []


def test_what_must_not_be_guessed_comes_from_the_systems_own_chance() -> None:
    """Plain `random` is in the demonstration alone, whose people are the same each time."""
    assert [name for name, tree in trees() if "random" in imported(tree)] == ["edu/demo.py"]
    assert sum("secrets" in imported(tree) for _name, tree in trees()) >= 8


def test_xml_is_read_by_the_careful_parser_only() -> None:
    parsers = {"xml.etree.ElementTree", "xml.sax", "xml.dom.minidom", "lxml", "lxml.etree"}
    found = {name: imported(tree) & parsers for name, tree in trees() if imported(tree) & parsers}
    # Whoever writes XML builds elements; reading is left to the careful parser.
    builders = {name for name, tree in trees() if builds_elements_only(tree)}
    assert set(found) - builders <= {"edu/gate/xml.py"}
    users = [name for name, tree in trees() if any("defusedxml" in it for it in imported(tree))]
    assert set(found) - builders <= set(users)


def builds_elements_only(tree: ast.AST) -> bool:
    """Whether nothing is taken from the careless library that could read a file."""
    taken = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("xml.")
        for alias in node.names
    }
    whole = any(
        alias.name.startswith("xml.")
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    )
    return bool(taken) and not whole and taken <= {"Element", "ParseError"}


def test_values_never_become_part_of_a_statement() -> None:
    """SQLAlchemy keeps statement and values apart; hardly any statement is put together."""
    runs = ("execute", "exec_driver_sql", "text", "executescript")
    found = {
        name
        for name, tree in trees()
        for called, call in calls(tree)
        if called.rpartition(".")[2] in runs
        and call.args
        and isinstance(call.args[0], ast.JoinedStr | ast.BinOp)
    }
    assert found == NAMES_OF_OURS


def test_templates_escape_everything() -> None:
    """What is not escaped is marked so by the code that made it, never by a template."""
    templates = sorted(EDU.rglob("*.html"))
    assert len(templates) > 20
    bad = re.compile(r"\|\s*safe\b|autoescape\s+false|\{%-?\s*raw\b|<script(?![^>]*>\{\{)")
    found = [(path.name, bad.findall(path.read_text(encoding="utf-8"))) for path in templates]
    assert [each for each in found if each[1]] == []


#: Where a learner asked her phone to keep lessons: the one database in the browser, in which what
#: waits lies sealed, and pages that speak with the worker beside them. What matters to her stays in
#: her browser, because it is nobody else's.
KEEPING = {
    "mine.js": {"localStorage"},
    "worker/store.js": {"indexedDB"},
    "worker/main.js": {"postMessage"},
    "offline.js": {"indexedDB", "postMessage"},
    "way.js": {"postMessage"},
}


def test_scripts_make_no_markup_keep_nothing_and_speak_with_nobody() -> None:
    bad = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|"
        r"postMessage|localStorage|sessionStorage|indexedDB|document\.cookie|XMLHttpRequest|"
        r"sendBeacon|WebSocket|RTCPeerConnection|__proto__|importScripts"
    )
    scripts = sorted((EDU / "static").rglob("*.js"))
    assert len(scripts) >= 2
    found = {
        path.relative_to(EDU / "static").as_posix(): set(bad.findall(path.read_text("utf-8")))
        for path in scripts
    }
    assert {name: words for name, words in found.items() if words} == KEEPING


def test_nothing_is_mapped_that_a_server_should_not_offer(world: World) -> None:
    """No page for developers, no description of an interface, no folder of files."""
    house = world.copy()
    told = {rule.rule for rule in rules(house, "GET")}
    odd = re.compile(r"debug|swagger|openapi|graphql|console|phpinfo|\.git|<path:|/static")
    assert [rule for rule in told if odd.search(rule)] == []
    assert house.debug is False
    assert house.static_folder is None
    browser = house.test_client()
    for path in ("/.git/config", "/.env", "/app.py", "/instance/secret.key", "/static/", "/edu/"):
        assert (path, browser.get(path).status_code) == (path, 404)
