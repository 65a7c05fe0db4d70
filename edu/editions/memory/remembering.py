"""What was translated once is remembered for whoever meets a like text again.

Every rendering with words is one unit. Its source's words are an index: a text that shares rare
words with another may be like it. English words that stand in every other text (`the`, `people
who`) are left out, because they find everything and nothing; a word of the subject that is frequent
here (`person`) is in, and passed over at asking where rarer ones find enough.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b

from sqlalchemy import delete, insert, or_, select
from sqlalchemy.orm import Session

from edu.editions.desk import MemoryUnit, MemoryWord
from edu.editions.drift.wording import BARE
from edu.editions.models import Edition, Rendering
from edu.segments.segment import fold

_EVERYWHERE = (
    "a about after again all also an and another any are as at be because been before being but by "
    "can could did do does for from get had has have he her here hers him his how i if in into is "
    "it its just like many may me more most much must my no not of on once one only or other our "
    "out over own she should so some than that the their them then there these they this those to "
    "too two up us very was we were what when where which while who whom why will with would you "
    "your can't don't it's that's"
)
#: Words that say nothing about what a text is about.
EVERYWHERE = frozenset(_EVERYWHERE.split())
_ADDRESS = re.compile(rf"\]\([^)]*\)|{BARE}", re.IGNORECASE)
#: Longer words are cut: an index holds no essays.
_LONGEST = 40
_AT_ONCE = 500
#: Number, tag, context, source, text and state of a rendering.
_Row = tuple[int, str, str, str, str, str]


def remember(session: Session, rendering: Rendering, tag: str) -> None:
    """Bring what is remembered of a rendering up to date; `tag` is its edition's."""
    if not rendering.text:
        forget(session, rendering)
        return
    known = session.get(MemoryUnit, rendering.id)
    if known is None or known.source != rendering.source or known.tag != tag:
        forget(session, rendering)
        row = (rendering.id, tag, rendering.context, rendering.source)
        _remember(session, [(*row, rendering.text, rendering.state)])
    else:
        known.text, known.state, known.context = rendering.text, rendering.state, rendering.context


def forget(session: Session, rendering: Rendering) -> None:
    """Remember nothing of a rendering."""
    _forget(session, [rendering.id])


def remember_all(session: Session) -> int:
    """Bring the whole memory up to date; returns how many units changed. Cheap without news."""
    session.flush()
    gone = session.scalars(
        select(MemoryUnit.rendering_id)
        .join(Rendering, Rendering.id == MemoryUnit.rendering_id)
        .where(Rendering.text == "")
    ).all()
    news = session.execute(
        select(
            Rendering.id,
            Edition.tag,
            Rendering.context,
            Rendering.source,
            Rendering.text,
            Rendering.state,
        )
        .join(Edition, Edition.id == Rendering.edition_id)
        .outerjoin(MemoryUnit, MemoryUnit.rendering_id == Rendering.id)
        .where(
            Rendering.text != "",
            or_(
                MemoryUnit.rendering_id.is_(None),
                MemoryUnit.source != Rendering.source,
                MemoryUnit.text != Rendering.text,
                MemoryUnit.context != Rendering.context,
                MemoryUnit.state != Rendering.state,
            ),
        )
    ).all()
    for start in range(0, len(gone), _AT_ONCE):
        _forget(session, gone[start : start + _AT_ONCE])
    for start in range(0, len(news), _AT_ONCE):
        rows = news[start : start + _AT_ONCE]
        _forget(session, [row.id for row in rows])
        _remember(
            session,
            [(row.id, row.tag, row.context, row.source, row.text, row.state) for row in rows],
        )
    return len(gone) + len(news)


def digest_of(text: str) -> str:
    """What finds the same text again."""
    return blake2b(fold(text).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def words_of(text: str) -> list[str]:
    """The words of a text in their order, in small letters, with their marks; no addresses."""
    plain = _ADDRESS.sub(" ", unicodedata.normalize("NFC", text).casefold()).replace("\u2019", "'")
    return [word[:_LONGEST] for word in _words().findall(plain)]


@lru_cache(maxsize=1)
def _words() -> re.Pattern[str]:
    """Letters and digits with the marks and joiners that belong to them, and with apostrophes."""
    marks = "".join(
        re.escape(sign)
        for sign in map(chr, range(0x300, 0xFFFF))
        if unicodedata.category(sign)[0] == "M"
    )
    letter = rf"[^\W_][{marks}\u200c\u200d]*"
    return re.compile(rf"(?:{letter})+(?:'(?:{letter})+)*")


def telling_words(text: str) -> set[str]:
    """Those by which a text is found again."""
    return {word for word in words_of(text) if word not in EVERYWHERE}


def _remember(session: Session, rows: Sequence[_Row]) -> None:
    units = [
        {
            "rendering_id": number,
            "tag": tag,
            "context": context,
            "source": source,
            "digest": digest_of(source),
            "words": len(words_of(source)),
            "text": text,
            "state": state,
        }
        for number, tag, context, source, text, state in rows
    ]
    session.execute(insert(MemoryUnit), units)
    # In the order of the index, which is written faster so.
    lines = sorted((word, row[1], row[0]) for row in rows for word in telling_words(row[3]))
    if lines:
        session.execute(
            insert(MemoryWord),
            [{"word": word, "tag": tag, "unit_id": number} for word, tag, number in lines],
        )


def _forget(session: Session, numbers: Sequence[int]) -> None:
    session.execute(delete(MemoryWord).where(MemoryWord.unit_id.in_(numbers)))
    session.execute(delete(MemoryUnit).where(MemoryUnit.rendering_id.in_(numbers)))
