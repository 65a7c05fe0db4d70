"""A prepared site for one drill: an instance folder and a database, each drill with its own."""

import functools
import shutil
import tempfile
from atexit import register
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select

from edu import create_app
from edu.database import Database
from edu.groups.groups import GroupPlan, make_group
from edu.groups.models import Group
from edu.partners.models import Organisation
from edu.preparing import prepare
from edu.settings import ROOT, Settings
from tests.drill.clusters import Cluster, cluster

TINY = ROOT / "tests" / "tiny"
SECRET = "the secret of a drill"
#: Each of an organisation of its own: no organisation may have too many new cards in an hour.
_GROUPS = 12
DATABASES = ("sqlite", "postgres")


@dataclass
class House:
    """What a drill serves from and looks into; `cluster` is PostgreSQL's own server.

    `seen` is the database's address for the drill itself, where it lies in another mount
    namespace than the drill.
    """

    instance: Path
    url: str
    join_codes: tuple[str, ...] = ()
    cluster: Cluster | None = None
    secret: str = SECRET
    seen: str = ""
    #: What precedes the command of the site's server, such as the way into a namespace.
    before: tuple[str, ...] = ()

    @property
    def join_code(self) -> str:
        """The code of one of its groups."""
        return self.join_codes[0]

    @property
    def database(self) -> str:
        """`sqlite` or `postgres`."""
        return "postgres" if self.cluster else "sqlite"

    @contextmanager
    def looking(self) -> Iterator[Database]:
        """The database as the program opens it, closed again afterwards."""
        database = Database(self.seen or self.url)
        try:
            yield database
        finally:
            database.engine.dispose()


@contextmanager
def house(
    kind: str, folder: Path, on: AbstractContextManager[Cluster] | None = None
) -> Iterator[House]:
    """A house in a new folder, prepared, with a group that asks an open question; `on` is a
    cluster that is prepared already, one of its own unless given."""
    instance = folder / "instance"
    shutil.copytree(_template(), instance)
    with ExitStack() as stack:
        if kind == "sqlite":
            made = House(instance, f"sqlite:///{instance / 'daraja.sqlite'}")
        else:
            (instance / "daraja.sqlite").unlink()
            running = stack.enter_context(on or cluster(prepare_empty))
            made = House(instance, running.url, cluster=running)
        with made.looking() as database, database.session(reading=True) as session:
            made.join_codes = tuple(session.scalars(select(Group.join_code).order_by(Group.id)))
        yield made


@functools.cache
def _template() -> Path:
    """The instance folder that every house begins as a copy of, with finished pages."""
    folder = Path(tempfile.mkdtemp(prefix="daraja-drill-"))
    register(shutil.rmtree, folder, ignore_errors=True)
    _prepare(f"sqlite:///{folder / 'daraja.sqlite'}", folder)
    return folder


def prepare_empty(url: str) -> None:
    """Prepare an empty database; finished pages are there already."""
    with tempfile.TemporaryDirectory() as folder:
        _prepare(url, Path(folder))


def _prepare(url: str, instance: Path) -> None:
    settings = Settings(instance=instance, database_url=url, secret_key=SECRET, root=TINY)
    app = create_app(settings)
    prepare(app)
    database: Database = app.extensions["database"]
    with database.work() as session:
        for number in range(_GROUPS):
            ours = Organisation(name=f"Drill House {number}")
            session.add(ours)
            session.flush()
            plan = GroupPlan("Drill", "", ("en",), ("m0", "m1"), open_question=True)
            today = datetime.now(UTC).date()
            make_group(session, ours.id, plan, today).opened_on = today
    database.engine.dispose()
