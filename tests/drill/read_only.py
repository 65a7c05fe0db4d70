"""The disk takes nothing any more: lessons are read, forms are refused and keep their words."""

from dataclasses import replace
from pathlib import Path

import psycopg

from tests.drill.audits import audit
from tests.drill.clients import Tally
from tests.drill.houses import House, house
from tests.drill.namespaces import NotPermitted, namespace
from tests.drill.results import Result
from tests.drill.servers import free_port, server
from tests.drill.writing import Witness


def run(database: str, folder: Path, *, short: bool) -> Result:
    """SQLite: the site starts on a read-only disk. PostgreSQL: it takes no writes any more."""
    result = Result("read-only", database)
    try:
        with house(database, folder) as home:
            _drill(home, folder, result, times=3 if short else 50)
    except NotPermitted as reason:
        result.not_tried = str(reason)
    return result


def _drill(home: House, folder: Path, result: Result, times: int) -> None:
    port = free_port()
    witness = Witness(home, Tally(port), folder / "record")
    with server(home, port, folder / "log"):
        witness.arrive()
    if home.cluster is not None:
        _writes(home, "off")
        with server(home, port, folder / "log"):
            _try(witness, result, times)
            _writes(home, "on")
            result.must(witness.write(), "nothing was kept when writing was possible again")
    else:
        with namespace("m") as inside:
            place = str(home.instance)
            inside.do("mount", "--bind", place, place)
            inside.do("mount", "-o", "remount,ro,bind", place)
            with server(replace(home, before=inside.before), port, folder / "log"):
                _try(witness, result, times)
        with server(home, port, folder / "log"):
            result.must(witness.write(), "nothing was kept when writing was possible again")
    witness.judge(result)
    found = audit(home, folder / "record")
    result.acknowledged, result.lost = found.acknowledged, found.lost
    result.must(found.lost == 0, f"{found.lost} lost: {found.faults}")


def _try(witness: Witness, result: Result, times: int) -> None:
    for _ in range(times):
        witness.read()
        witness.write()
        result.faults += 1


def _writes(home: House, which: str) -> None:
    assert home.cluster is not None
    to = "false" if which == "on" else "true"
    where = f"host={home.cluster.folder} user=postgres dbname=postgres"
    with psycopg.connect(where, autocommit=True) as db:
        db.execute("SET default_transaction_read_only = off")
        db.execute(f"ALTER SYSTEM SET default_transaction_read_only = {to}".encode())
        db.execute("SELECT pg_reload_conf()")
