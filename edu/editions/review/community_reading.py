"""A community reads a draft by a link, without an account, and says what it thinks of it.

Everybody judges the same words: the draft as it stood when the link was made. Nothing is kept of
whoever sends, and one sending counts once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from edu.communities.lookup import swaps_for
from edu.communities.placeholders import fill
from edu.editions.desk import Remark
from edu.editions.models import Edition, Rendering
from edu.editions.parts import Part
from edu.editions.review.models import Judgement, ReviewLink
from edu.editions.standing import standing
from edu.editions.working import edition_for, now, renderings_of
from edu.lessons.lesson import split_blocks
from edu.partners.digests import digest, new_token
from edu.segments.segment import fold

#: What is asked of each block, after the translation monitoring form of van Ommeren.
QUESTIONS = ("understandable", "acceptable", "relevant", "complete")
SAID = ("yes", "no", "doubt")
WHOLE = -1
OPEN_FOR = timedelta(days=30)
LONGEST_COMMENT = 600
MOST_SENDINGS = 2000


@dataclass(frozen=True)
class Opinion:
    """What one reader says of one block; `block` WHOLE for the page."""

    block: int
    answers: Mapping[str, str]
    comment: str = ""

    @property
    def says_anything(self) -> bool:
        return bool(self.comment) or any(self.answers.values())


@dataclass(frozen=True)
class Summary:
    """What all said of one block: how often yes, no and doubt to each question."""

    block: int
    counts: Mapping[str, Mapping[str, int]]
    comments: Sequence[str]

    @property
    def has_doubts(self) -> bool:
        return any(each["no"] or each["doubt"] for each in self.counts.values())


def open_link(
    session: Session, tag: str, part: Part, *, note: str, days: int, member_id: int
) -> str:
    """The secret of a new link to a part as it stands on the desk now."""
    words = standing(session, tag, part)
    secret = new_token()
    session.add(
        ReviewLink(
            edition_id=edition_for(session, tag, part.module).id,
            part=part.id,
            digest=digest(secret),
            payload={
                "sort": part.sort.value,
                "markdown": fill(words.markdown, swaps_for(session, tag)),
                "words": words.words(),
                "tags": [choice.tag for choice in words.choices],
            },
            note=note,
            member_id=member_id,
            made_at=now(),
            ends_at=now() + timedelta(days=days),
        )
    )
    session.flush()
    return secret


def link_by_secret(session: Session, secret: str) -> ReviewLink | None:
    """The link that a secret opens; None when there is none, or it is over."""
    found = session.scalar(select(ReviewLink).where(ReviewLink.digest == digest(secret)))
    return found if found is not None and is_open(found) else None


def is_open(link: ReviewLink) -> bool:
    """Whether a link still opens."""
    return link.closed_at is None and link.ends_at > now()


def close(session: Session, link: ReviewLink) -> None:
    """Let a link open no more."""
    if link.closed_at is None:
        link.closed_at = now()
        session.flush()


def links_of(session: Session, edition: Edition, part: str) -> list[ReviewLink]:
    """The links to a part, the newest first."""
    wanted = select(ReviewLink).where(ReviewLink.edition_id == edition.id, ReviewLink.part == part)
    return list(session.scalars(wanted.order_by(ReviewLink.id.desc())))


def link_numbered(session: Session, edition: Edition, part: str, number: int) -> ReviewLink | None:
    """One link to a part."""
    found = session.get(ReviewLink, number)
    if found is None or (found.edition_id, found.part) != (edition.id, part):
        return None
    return found


def keep(
    session: Session, link: ReviewLink, sending: str, opinions: Sequence[Opinion], today: date
) -> bool:
    """Keep what one reader sent. Sent twice it is kept once; False when it says nothing, or
    when the link has had more than anybody could read."""
    said = [each for each in opinions if each.says_anything]
    if not said or _sendings(session, link) >= MOST_SENDINGS:
        return False
    known = select(Judgement.id).where(Judgement.link_id == link.id, Judgement.sending == sending)
    if session.scalar(known.limit(1)) is not None:
        return True
    rows = [
        Judgement(
            link_id=link.id,
            sending=sending,
            block=each.block,
            comment=each.comment,
            made_on=today,
            **{question: each.answers.get(question, "") for question in QUESTIONS},
        )
        for each in said
    ]
    try:
        with session.begin_nested():
            session.add_all(rows)
    except IntegrityError:
        # The same form came twice in one moment.
        return True
    return True


def _sendings(session: Session, link: ReviewLink) -> int:
    sent = select(Judgement.sending).where(Judgement.link_id == link.id).distinct()
    return len(session.scalars(sent).all())


def how_many_sent(session: Session, link: ReviewLink) -> int:
    """How many people have sent something."""
    return _sendings(session, link)


def summaries(session: Session, link: ReviewLink) -> list[Summary]:
    """What was said, block by block; the whole page last."""
    rows = session.scalars(
        select(Judgement).where(Judgement.link_id == link.id).order_by(Judgement.sending)
    ).all()
    blocks = sorted({row.block for row in rows}, key=lambda block: (block == WHOLE, block))
    return [_summary(block, [row for row in rows if row.block == block]) for block in blocks]


def _summary(block: int, rows: Sequence[Judgement]) -> Summary:
    counts = {
        question: {said: sum(getattr(row, question) == said for row in rows) for said in SAID}
        for question in QUESTIONS
    }
    return Summary(block, counts, [row.comment for row in rows if row.comment])


def place_of(
    session: Session, edition: Edition, part: Part, link: ReviewLink, block: int
) -> Rendering | None:
    """The text on which a remark about a block is pinned: the first of the edition's own words
    that stands in it; else the first of the part."""
    segments = list(part.segments())
    rows = renderings_of(session, edition, segments)
    inside = _inside(link, block)
    mine = [rows[each.key] for each in segments if each.key in rows and rows[each.key].text]
    return next((row for row in mine if fold(row.text) in inside), next(iter(mine), None))


def key_of(part: Part, rendering: Rendering) -> str:
    """The segment of a text, for its address at the desk; empty when it is there no more."""
    place = rendering.context, rendering.source
    keys = ((each.context, fold(each.text), each.key) for each in part.segments())
    return next((key for context, text, key in keys if (context, text) == place), "")


def _inside(link: ReviewLink, block: int) -> str:
    """The words of one block of the draft, folded; of the whole page for -1."""
    markdown = link.payload["markdown"]
    if not markdown:
        words = [text for _source, text, _tag in link.payload["words"]]
    else:
        blocks = [piece.block for piece in split_blocks(markdown) if piece.block]
        words = [each.markdown for each in blocks] or [markdown]
    chosen = words[block : block + 1] if block >= 0 else words
    return fold("\n".join(chosen))


def remark(session: Session, rendering: Rendering, text: str, *, member_id: int) -> Remark:
    """Make of what a community said something that translators find beside the text."""
    made = Remark(
        rendering_id=rendering.id, text=text, pinned=False, member_id=member_id, made_at=now()
    )
    session.add(made)
    session.flush()
    return made
