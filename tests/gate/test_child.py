"""The child process: it is ended, starved and lied to, and all that comes of it is a refusal."""

import io
import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

import edu.gate.running as running
from edu.gate.answer import from_answer
from edu.gate.gate import admit
from edu.gate.kinds import KINDS, MB
from edu.gate.refused import Refused
from edu.gate.running import run

ROOT = Path(__file__).resolve().parents[2]
TABLE = b"a,b\n1,2\n"
_SLOW = "This file takes too long."


_DAMAGED = "This file cannot be read: it is damaged."


def child_says(monkeypatch: pytest.MonkeyPatch, program: str, **limits: int) -> str:
    """The refusal when the child runs this program in the place of its own."""
    monkeypatch.setattr(running, "_PROGRAM", "import os, sys, json\n" + program)
    with pytest.raises(Refused) as refused:
        run("csv", TABLE, "t.csv", **limits)
    return str(refused.value)


LIMITED = "sys.path.insert(0, sys.argv[1])\nfrom edu.gate import child\n"
DAMAGED = "t.csv:1: This file cannot be read: it needs too much memory or is damaged."
TOO_LONG = "t.csv:1: Reading this file takes too long. Make it smaller or simpler."
UNREADABLE = "t.csv:1: This file cannot be read: it is damaged."


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        ("os.kill(os.getpid(), 9)", DAMAGED),
        ("os.kill(os.getpid(), 11)", DAMAGED),
        ("os._exit(3)", DAMAGED),
        ("raise SystemExit('no')", DAMAGED),
        ("os._exit(0)", UNREADABLE),
        ("print('no json')", UNREADABLE),
        ("print('[1, 2]')", UNREADABLE),
        ("print(json.dumps({'mistakes': []}))", UNREADABLE),
        ("print('[' * 100000)", UNREADABLE),
        ("print(json.dumps({'mistakes': [['t.csv', 'x', 'y']]}))", UNREADABLE),
    ],
)
def test_a_child_that_dies_or_says_nonsense_is_a_refusal(
    monkeypatch: pytest.MonkeyPatch, program: str, reason: str
) -> None:
    assert child_says(monkeypatch, program) == reason


def test_a_child_that_waits_for_ever_is_ended_with_all_that_it_started(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    note = tmp_path / "pids"
    program = (
        "import time\npid = os.fork()\n"
        f"open({str(note)!r}, 'a').write(f'{{os.getpid()}}\\n')\ntime.sleep(600)"
    )
    assert child_says(monkeypatch, program, seconds=1) == TOO_LONG
    pids = [int(each) for each in note.read_text().split()]
    assert len(pids) == 2
    for _ in range(100):
        if not any(_runs(pid) for pid in pids):
            break
        threading.Event().wait(0.05)
    assert [pid for pid in pids if _runs(pid)] == []


def _runs(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in "ZX"


def test_a_child_that_only_computes_is_ended_by_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    program = LIMITED + "child._limit(1 << 29, 1)\nwhile True: pass"
    assert child_says(monkeypatch, program, seconds=30) == TOO_LONG


def test_a_child_that_asks_for_too_much_memory_is_refused_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    program = LIMITED + (
        "from edu.gate import reading\n"
        "def eat(*_): return [bytearray(1 << 20) for _ in range(10_000)]\n"
        "reading.read = eat\nchild.main()"
    )
    assert child_says(monkeypatch, program) == (
        "t.csv:1: Reading this file needs too much memory. Make it smaller or simpler."
    )


def test_a_child_cannot_answer_more_than_its_parent_would_hold(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    program = LIMITED + (
        "child._limit(1 << 29, 20)\nwhile True: sys.stdout.buffer.write(b'x' * (1 << 20))"
    )
    assert child_says(monkeypatch, program) == DAMAGED


FORBIDDEN = {
    "call another host": "__import__('socket').create_connection(('127.0.0.1', 9))",
    "look up a name": "__import__('socket').getaddrinfo('localhost', 80)",
    "start a program": "__import__('subprocess').run(['true'])",
    "start a shell": "os.system('true')",
    "become another program": "os.execv('/bin/true', ['true'])",
    "become two": "os.fork()",
    "read what is not Python's": "open('/etc/passwd').read()",
    "read a secret beside the program": "open(sys.argv[1] + '/README.md').read()",
    "read by a way round": "open(sys.argv[1] + '/edu/../README.md').read()",
    "write": "open('/tmp/gate-was-here', 'w')",
    "write by number": "os.open('/tmp/gate-was-here', os.O_WRONLY | os.O_CREAT)",
    "remove": "os.remove('/tmp/gate-was-here')",
    "end others": "os.kill(os.getppid(), 0)",
    "reach around Python": "__import__('ctypes').CDLL(None)",
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_reading_a_file_can_do_nothing_else(monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    program = LIMITED + (
        "from edu.gate import reading\n"
        f"def other(*_): {FORBIDDEN[what]}; return reading.Admitted('csv', 't.csv', b'done')\n"
        "reading.read = other\nchild.main()"
    )
    assert (
        child_says(monkeypatch, program) == "t.csv:1: This file cannot be read (PermissionError)."
    )
    assert not Path("/tmp/gate-was-here").exists()


def test_a_child_knows_nothing_of_its_parent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "a secret")
    monkeypatch.setenv("PYTHONPATH", "/nowhere")
    opened = open(__file__)  # noqa: SIM115 (it must stay open while the child looks)
    program = (
        "said = dict(environ=sorted(os.environ), files=sorted(os.listdir('/proc/self/fd')),\n"
        "            folder=os.getcwd(), path=sys.path[0])\n"
        "print(json.dumps(dict(\n"
        "    mistakes=[], length=0, files=[], tables={}, facts=said, advice=[])))"
    )
    monkeypatch.setattr(running, "_PROGRAM", "import os, sys, json\n" + program)
    facts = run("csv", TABLE, "t.csv").facts
    opened.close()
    # LC_CTYPE is what Python itself sets for its own sake.
    assert [each for each in facts["environ"] if each != "LC_CTYPE"] == []
    assert facts["files"] == ["0", "1", "2", "3"]  # the last is the listing itself
    assert facts["folder"] == "/"
    assert "/nowhere" not in facts["path"]


def test_a_child_loads_no_server() -> None:
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]); import edu.gate.child; "
        "print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    )
    said = subprocess.run(
        [sys.executable, "-I", "-c", program, str(ROOT)], capture_output=True, text=True, check=True
    )
    loaded = set(said.stdout.split())
    assert loaded & {"flask", "sqlalchemy", "PIL", "markdown_it", "polib", "ssl", "socket"} == set()


def test_no_more_children_than_agreed_run_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "PATIENCE", 0.01)
    taken = [running._TURN.acquire(timeout=1) for _ in range(running.AT_ONCE)]
    try:
        with pytest.raises(Refused, match="Too many files are being read just now"):
            admit("csv", TABLE, "t.csv")
    finally:
        for _ in taken:
            running._TURN.release()
    assert admit("csv", TABLE, "t.csv").tables == {"": [["a", "b"], ["1", "2"]]}


def test_many_threads_are_served_one_after_another() -> None:
    answers: list[int] = []

    def one(number: int) -> None:
        answers.append(int(admit("csv", f"a\n{number}\n".encode(), "t.csv").tables[""][1][0]))

    threads = [threading.Thread(target=one, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == list(range(8))


def test_where_there_is_no_nameless_memory_a_nameless_file_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delattr(os, "memfd_create")
    assert admit("csv", TABLE, "t.csv").content == TABLE


def test_what_a_child_says_is_shortened() -> None:
    said = {"mistakes": [["f" * 9000, 1, "m" * 9000, {}]] * 900}
    with pytest.raises(Refused) as refused:
        from_answer(io.BytesIO(json.dumps(said).encode() + b"\n"), "csv", "t.csv")
    assert len(refused.value.mistakes) == 100
    assert len(str(refused.value)) < 100_000


@pytest.mark.parametrize(
    ("template", "values", "told"),
    [
        ("Row %(row)s has %(count)d.", {"row": 3, "count": 4}, "Row 3 has 4."),
        ("It ends in 10%.", {}, "It ends in 10%."),
        ("%(row)900000000d", {"row": 3}, _DAMAGED),
        ("%(row)s", {"template": 3}, _DAMAGED),
        ("%(row)s", ["row"], _DAMAGED),
        ("%(row)s", {"other": 3}, _DAMAGED),
        ("%(row)s", {"row": "%(row)s" * 2}, "%(row)s" * 2),
    ],
)
def test_a_reason_comes_with_what_stands_in_it_and_reckons_nothing(
    template: str, values: object, told: str
) -> None:
    said = {"mistakes": [["t.csv", 2, template, values]]}
    with pytest.raises(Refused) as refused:
        from_answer(io.BytesIO(json.dumps(said).encode() + b"\n"), "csv", "t.csv")
    assert [each.message for each in refused.value.mistakes] == [told]


def test_a_limit_is_named_for_every_kind() -> None:
    assert {name: kind.largest <= 64 * MB for name, kind in KINDS.items()} == dict.fromkeys(
        KINDS, True
    )


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_and_too_much_are_refused_whatever_the_kind(kind: str) -> None:
    name = "a" + next(iter(KINDS[kind].endings), ".any")
    for content in (b"", bytes(KINDS[kind].largest + 1)):
        with pytest.raises(Refused, match=name):
            admit(kind, content, name)
