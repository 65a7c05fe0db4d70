"""Where the counts of tries live: our database, so that all processes count together."""

import hashlib
import hmac
import time

from limits.storage import Storage
from sqlalchemy import Delete, Engine, case, delete, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from edu.brakes.models import AttemptCount

#: The longest window of any brake, in seconds. After a clock that was ahead is put right, nobody
#: must wait until the day on which it said to be.
LONGEST = 3600


class DatabaseStorage(Storage):
    """Counters for the `limits` library. Keys are digested with the server's secret, so that
    nobody's address or name stands in the database.

    Each count is a short transaction of its own: it must stay when the request that failed is
    rolled back. It must not be called while the same request holds SQLite's write lock.
    """

    STORAGE_SCHEME = None

    def __init__(self, engine: Engine, secret: str) -> None:
        super().__init__()
        self._engine = engine
        self._reader = engine.execution_options(reading=True)
        self._secret = secret.encode()

    @property
    def base_exceptions(self) -> type[Exception]:
        """What may go wrong below."""
        return SQLAlchemyError

    def _digest(self, key: str) -> str:
        return hmac.digest(self._secret, f"brake:{key}".encode(), hashlib.sha256).hex()

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count `amount` more within a window of `expiry` seconds; returns the sum so far."""
        now = int(time.time())
        dialect = sqlite if self._engine.dialect.name == "sqlite" else postgresql
        # One that ends later than any begun now was begun while the clock was wrong.
        over = or_(AttemptCount.ends_at <= now, AttemptCount.ends_at > now + expiry)
        fresh = dialect.insert(AttemptCount).values(
            key=self._digest(key), amount=amount, ends_at=now + expiry
        )
        counted = fresh.on_conflict_do_update(
            index_elements=[AttemptCount.key],
            set_={
                "amount": case((over, fresh.excluded.amount), else_=AttemptCount.amount + amount),
                "ends_at": case((over, fresh.excluded.ends_at), else_=AttemptCount.ends_at),
            },
        ).returning(AttemptCount.amount)
        with self._engine.begin() as connection:
            return int(connection.execute(counted).scalar_one())

    def get(self, key: str) -> int:
        """The sum in the window under way."""
        with self._reader.connect() as connection:
            now = int(time.time())
            found = connection.scalar(
                select(AttemptCount.amount).where(
                    AttemptCount.key == self._digest(key),
                    AttemptCount.ends_at > now,
                    AttemptCount.ends_at <= now + LONGEST,
                )
            )
        return int(found or 0)

    def get_expiry(self, key: str) -> float:
        """When the window ends, in seconds since 1970; now when there is none."""
        with self._reader.connect() as connection:
            found = connection.scalar(
                select(AttemptCount.ends_at).where(AttemptCount.key == self._digest(key))
            )
        return float(found or time.time())

    def check(self) -> bool:
        """Whether the database answers."""
        with self._reader.connect() as connection:
            connection.execute(select(1))
        return True

    def reset(self) -> int:
        """Forget all counts; returns how many there were."""
        with self._engine.begin() as connection:
            return connection.execute(delete(AttemptCount)).rowcount

    def clear(self, key: str) -> None:
        """Forget one count."""
        with self._engine.begin() as connection:
            connection.execute(delete(AttemptCount).where(AttemptCount.key == self._digest(key)))

    def forget_old(self) -> int:
        """Delete the windows that are over; returns how many."""
        with self._engine.begin() as connection:
            return connection.execute(_old()).rowcount


def delete_old_counts(session: Session) -> None:
    """Delete the windows that are over, with other things that are."""
    session.execute(_old())


def _old() -> Delete:
    now = int(time.time())
    over = or_(AttemptCount.ends_at <= now, AttemptCount.ends_at > now + LONGEST)
    return delete(AttemptCount).where(over)
