"""`make bench`: what pages weigh, and what serving them costs beside the least there is.

Costs are processor time of this thread in one process, in rounds that take turns (A B C C B A),
so that a busy machine slows all of them alike. Read the ratios, not the microseconds.
"""

import statistics
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from flask import Flask, render_template_string
from werkzeug.test import EnvironBuilder

from edu.editions.releasing import offered_tags
from edu.languages import language
from edu.preparing import prepare
from edu.settings import ROOT
from tests.conftest import make_house

ROUNDS = 9
CALLS = 300
Call = Callable[[], Any]


def main() -> None:
    """Print both tables."""
    with tempfile.TemporaryDirectory() as folder:
        instance = Path(folder)
        house = make_house(instance, f"sqlite:///{instance / 'daraja.sqlite'}", ROOT)
        prepare(house)
        print(_weights(house))
        print(_costs(house))
        house.extensions["database"].engine.dispose()


def _weights(house: Flask) -> str:
    """Bytes on the wire of page kinds, in each language, packed as browsers ask over HTTP."""
    published: Path = house.extensions["settings"].published
    kinds = {
        "first page": "index.html",
        "module": "m1/index.html",
        "lesson, median": "m?/?/index.html",
        "lesson, largest": "m?/?/index.html",
        "support": "support/index.html",
    }
    with house.extensions["database"].session(reading=True) as session:
        tags = offered_tags(session)
    rows = [["bytes, gzip", *kinds]]
    for tag in tags:
        row = [f"{tag} ({language(tag).autonym})"]
        for kind, pattern in kinds.items():
            sizes = [
                file.with_name(file.name + ".gz").stat().st_size
                for file in (published / tag).glob(pattern)
            ]
            row.append(str(int(statistics.median(sizes) if "median" in kind else max(sizes))))
        rows.append(row)
    for asset in sorted((published / "static").glob("*.gz")):
        rows.append([f"once: {asset.name[:-3]}", str(asset.stat().st_size)])
    return _table(rows)


def _costs(house: Flask) -> str:
    calls = {
        "bare callable, same bytes": _bare(house),
        "finished lesson": _get(house, "/sw-KE/m1/1/"),
        "finished lesson, 304": _get(house, "/sw-KE/m1/1/", revalidate=True),
        "my way, nobody on the phone": _get(house, "/sw-KE/my"),
        "a plain Flask page of the same size": _naive(house),
    }
    spent: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(ROUNDS):
        for name in [*calls, *reversed(calls)]:
            spent[name].append(_cpu(calls[name]))
    base = statistics.median(spent["bare callable, same bytes"])
    rows = [["page, in process", "µs of processor", "times bare"]]
    for name, times in spent.items():
        middle = statistics.median(times)
        rows.append([name, f"{middle:.1f}", f"{middle / base:.2f}"])
    return _table(rows)


def _cpu(call: Call) -> float:
    start = time.thread_time_ns()
    for _ in range(CALLS):
        call()
    return (time.thread_time_ns() - start) / CALLS / 1000


def _environ(path: str, **headers: str) -> dict[str, Any]:
    sent = {"Accept-Encoding": "gzip", **headers}
    return EnvironBuilder(path=path, headers=sent).get_environ()


def _answer(app: Any, environ: dict[str, Any]) -> list[tuple[str, str]]:
    told: list[tuple[str, str]] = []
    body: Iterable[bytes] = app(dict(environ), lambda _status, headers, *_: told.extend(headers))
    b"".join(body)
    return told


def _get(house: Flask, path: str, *, revalidate: bool = False) -> Call:
    environ = _environ(path)
    if revalidate:
        tag = dict(_answer(house.wsgi_app, environ))["ETag"]
        environ = _environ(path, **{"If-None-Match": tag})
    return lambda: _answer(house.wsgi_app, environ)


def _bare(house: Flask) -> Call:
    environ = _environ("/sw-KE/m1/1/")
    headers = _answer(house.wsgi_app, environ)
    file = house.extensions["settings"].published / "sw-KE/m1/1/index.html.gz"
    body = file.read_bytes()

    def callable_(_environ: dict[str, Any], start_response: Any) -> list[bytes]:
        start_response("200 OK", headers)
        return [body]

    return lambda: _answer(callable_, environ)


def _naive(house: Flask) -> Call:
    text = (house.extensions["settings"].published / "sw-KE/m1/1/index.html").read_text()
    app = Flask("naive")
    app.add_url_rule("/", "page", lambda: render_template_string("{{ text|safe }}", text=text))
    environ = _environ("/")
    return lambda: _answer(app.wsgi_app, environ)


def _table(rows: list[list[str]]) -> str:
    width = max(len(row) for row in rows)
    padded = [[*row, *[""] * (width - len(row))] for row in rows]
    widths = [max(len(row[column]) for row in padded) for column in range(width)]
    lines = [
        "  ".join(
            cell.ljust(size) if not column else cell.rjust(size)
            for column, (cell, size) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in padded
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
