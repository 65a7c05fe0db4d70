"""A community reads a draft by a link, without an account. Nothing is kept of whoever sends.

No cookie is set and none is read, so a form from elsewhere could do no more than anybody with the
link can; it is refused all the same.
"""

import re
import secrets

from flask import Blueprint, abort, make_response, request
from flask.typing import ResponseReturnValue

from edu.doors import address, brake, count, db, show, spend, today
from edu.editions.models import Edition
from edu.editions.review import community_reading as reading
from edu.editions.review.community_reading import LONGEST_COMMENT, QUESTIONS, SAID, WHOLE, Opinion
from edu.editions.review.models import ReviewLink
from edu.languages import language
from edu.lessons.brought import names_in
from edu.media.keeping import medium_named
from edu.media.models import Medium
from edu.media.shown import shown_at_work
from edu.partner import reviews_wording as wording
from edu.partner.draft_pages import DraftPage, stored_page
from edu.partner.media_access import file_answer
from edu.segments.segment import clean

bp = Blueprint("reading", __name__, url_prefix="/<tag>/read")

_KEY = re.compile(r"[\w-]{20,64}", re.ASCII)
_ELSEWHERE = ("cross-site", "same-site")


@bp.get("/<secret>")
def draft(secret: str) -> ResponseReturnValue:
    """The draft as learners would see it, with four questions at each block."""
    return _answer(_shown(_link(secret), secret))


@bp.get("/<secret>/media/<string(maxlength=60):file>")
def media(secret: str, file: str) -> ResponseReturnValue:
    """A picture or film of the draft, for whoever has the link."""
    link = _link(secret)

    def in_the_draft(name: str) -> Medium:
        found = medium_named(db(), name)
        if found is None or name not in names_in(link.payload["markdown"]):
            abort(404)
        return found

    answer = file_answer(file, in_the_draft)
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def _link(secret: str) -> ReviewLink:
    brake("wrong link")
    found = reading.link_by_secret(db(), secret)
    if found is None:
        count("wrong link")
        abort(404)
    return found


def _answer(page: str, status: int = 200) -> ResponseReturnValue:
    """Never kept anywhere, never found by a search."""
    answer = make_response(page, status)
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def _shown(link: ReviewLink, secret: str, *, empty: bool = False) -> str:
    tag, page = _page_of(link, secret)
    return show(
        "partner/reading_draft.html",
        page=page,
        spoken_in=language(tag),
        questions=QUESTIONS,
        answers=SAID,
        longest=LONGEST_COMMENT,
        key=secrets.token_urlsafe(18),
        empty=empty,
        wording=wording,
    )


def _page_of(link: ReviewLink, secret: str) -> tuple[str, DraftPage]:
    edition = db().get_one(Edition, link.edition_id)
    at = address("read", secret, "media", "")
    brought = shown_at_work(db(), [link.payload["markdown"]], at, only_ready=True)
    return edition.tag, stored_page(link.part, edition.tag, link.payload, brought)


@bp.post("/<secret>")
def send(secret: str) -> ResponseReturnValue:
    """Keep what somebody says, and thank her."""
    if request.headers.get("Sec-Fetch-Site") in _ELSEWHERE:
        abort(403)
    link = _link(secret)
    # Counted before anything is kept, so that a robot fills no table.
    number = link.id
    spend("reading", str(number))
    link = db().get_one(ReviewLink, number)
    key = request.form.get("key", "")
    if _KEY.fullmatch(key) is None:
        abort(400)
    _tag, page = _page_of(link, secret)
    opinions = [_opinion(block) for block in (*range(page.count), WHOLE)]
    if not reading.keep(db(), link, key, opinions, today()):
        return _answer(_shown(link, secret, empty=True), 422)
    return _answer(show("partner/reading_thanks.html"))


def _opinion(block: int) -> Opinion:
    """What the form says of one block; what is none of the answers is none."""
    given = {name: request.form.get(f"{name}-{block}", "") for name in QUESTIONS}
    answers = {name: said for name, said in given.items() if said in SAID}
    comment = clean(request.form.get(f"comment-{block}", "")).strip()
    return Opinion(block, answers, comment[:LONGEST_COMMENT])
