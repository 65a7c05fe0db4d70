"""How a step makes a table: columns by kind, and what holds between tables, named by rule.

Steps are frozen, and so is this: what a function here makes never changes, because databases are
at every step of the way. Where a later step needs something else, it gets a function of its own.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import sqlalchemy as sa
from alembic import op

Columns = Iterable[sa.Column[Any]]


def numbers(*names: str, empty: bool = False) -> Columns:
    return _columns(sa.Integer, names, empty=empty)


def texts(*names: str, empty: bool = False) -> Columns:
    return _columns(sa.String, names, empty=empty)


def flags(*names: str, empty: bool = False) -> Columns:
    return _columns(sa.Boolean, names, empty=empty)


def days(*names: str, empty: bool = False) -> Columns:
    return _columns(sa.Date, names, empty=empty)


def moments(*names: str, empty: bool = False) -> Columns:
    return _columns(sa.DateTime, names, empty=empty)


def data(*names: str, empty: bool = False) -> Columns:
    return _columns(sa.JSON, names, empty=empty)


def blobs(*names: str, empty: bool = False) -> Columns:
    return _columns(sa.LargeBinary, names, empty=empty)


def _columns(kind: type[Any], names: Iterable[str], *, empty: bool) -> Columns:
    return [sa.Column(name, kind(), nullable=empty) for name in names]


class Link(NamedTuple):
    """A column that points to a row of another table."""

    column: str
    #: The table, or its column too where that is not the `id`.
    target: str
    ondelete: str | None = None

    def constraint(self, owner: str) -> sa.ForeignKeyConstraint:
        other, _, column = self.target.partition(".")
        return sa.ForeignKeyConstraint(
            [self.column],
            [f"{other}.{column or 'id'}"],
            name=op.f(f"fk_{owner}_{self.column}_{other}"),
            ondelete=self.ondelete,
        )


def link_to(column: str, target: str) -> Link:
    return Link(column, target)


def part_of(column: str, target: str) -> Link:
    return Link(column, target, "CASCADE")


def perhaps_from(column: str, target: str) -> Link:
    return Link(column, target, "SET NULL")


_NONE: Mapping[str, Any] = MappingProxyType({})


def table(
    name: str,
    *columns: sa.Column[Any],
    key: tuple[str, ...] = ("id",),
    checks: Mapping[str, str] = _NONE,
    choices: Mapping[str, tuple[str, ...]] = _NONE,
    links: Iterable[Link] = (),
    unique: Iterable[tuple[str, ...]] = (),
    indexed: Iterable[str] = (),
    unordered: bool = False,
) -> None:
    """Make a table with its constraints, and an index for each column in `indexed`.

    `checks` are rules by their short names, `choices` the few texts that a column may hold.
    An `unordered` table has no number of SQLite's on each row, which would tell who came first.
    """
    rules = {**checks, **{column: f"{column} IN {words}" for column, words in choices.items()}}
    op.create_table(
        name,
        *columns,
        *(sa.CheckConstraint(rule, name=op.f(f"ck_{name}_{what}")) for what, rule in rules.items()),
        *(link.constraint(name) for link in links),
        sa.PrimaryKeyConstraint(*key, name=op.f(f"pk_{name}")),
        *(
            sa.UniqueConstraint(*those, name=op.f(f"uq_{name}_{'_'.join(those)}"))
            for those in unique
        ),
        **({"sqlite_with_rowid": False} if unordered else {}),
    )
    for column in indexed:
        op.create_index(op.f(f"ix_{name}_{column}"), name, [column])
