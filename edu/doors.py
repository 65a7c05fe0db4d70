"""What every door shares: the session of a request, its one commit, its language, its pages."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import quote

from babel.dates import format_date
from flask import (
    Flask,
    Response,
    abort,
    current_app,
    g,
    make_response,
    redirect,
    render_template,
    request,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from limits.errors import StorageError
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from werkzeug.exceptions import TooManyRequests
from werkzeug.routing import BaseConverter

from edu.brakes.brakes import Brakes
from edu.database import Database
from edu.editions.releasing import edition_tags, offered_tags, reachable_tags
from edu.health.clock import earliest
from edu.languages import SOURCE, Language, language, normalise, same_words
from edu.pages.headers import ONLY_ENCRYPTED, SECURITY
from edu.pages.speaking import speak, spoken
from edu.server.announcements import announcements
from edu.server.models import Announcement
from edu.settings import Settings

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def settings() -> Settings:
    """The settings of the running server."""
    found: Settings = current_app.extensions["settings"]
    return found


def db() -> Session:
    """This request's session. Reading requests never take the database's write lock."""
    if "session" not in g:
        database: Database = current_app.extensions["database"]
        g.session = database.session(reading=request.method in SAFE)
    session: Session = g.session
    return session


def today() -> date:
    """The day by which everything is dated: UTC, and never finer than a day. Never earlier than
    the server was last awake: a small box may wake up in another year."""
    return max(datetime.now(UTC).date(), earliest(settings().instance))


def day_in_words(day: date) -> str:
    """A day as readers of the language spoken write it."""
    spoken_language = language(spoken())
    return format_date(day, format=spoken_language.dates, locale=spoken_language.formatting)


def wave_name(wave: str) -> str:
    """What a wave is called."""
    return {
        "before": _("Questions before the lessons"),
        "before-2": _("The same questions once more before the lessons"),
        "after": _("Questions after the lessons"),
        "looking-back": _("Looking back: how it was before the lessons"),
    }.get(wave, _("Questions some months later"))


def news() -> Sequence[Announcement]:
    """What everybody should know today, also whoever learns."""
    return announcements(db(), today(), ("everybody",), spoken())


def show(template: str, **context: Any) -> str:
    """A page in the language of the request."""
    context.setdefault("here", None)
    context.setdefault("news", news)  # asked only by the pages that tell it
    return render_template(template, language=language(spoken()), offered=offered(), **context)


def offered() -> Sequence[Language]:
    """The languages on offer."""
    if "offered" not in g:
        g.offered = [language(tag) for tag in offered_tags(db())]
    found: Sequence[Language] = g.offered
    return found


def address(*parts: object) -> str:
    """An address in the language of the request: `address("my")` is `/sw-KE/my`."""
    return "/" + "/".join([spoken(), *map(str, parts)])


def go(where: str) -> Response:
    """Lead on after something was done: what is loaded next can be loaded again."""
    return make_response(redirect(where, 303))


def scrub() -> None:
    """After this request's commit, also overwrite what the database's journal still holds."""
    g.scrub = True


def afterwards(deed: Callable[[Session], None], *, needed: bool = True) -> None:
    """Do something in a commit of its own once this request's has happened, or failed: what must
    be kept although the form was refused. What is not needed may fail, as on a disk that is
    only read."""
    g.setdefault("afterwards" if needed else "maybe", []).append(deed)


def brake(kind: str, who: str = "") -> None:
    """Refuse the request when this was tried too often of late."""
    _wait(_brakes().seconds_closed(kind, request.remote_addr or "", who))


def count(kind: str, who: str = "", amount: int = 1) -> None:
    """One such try was made, or with -1 one was right that `spend` counted; see edu/brakes."""
    address = request.remote_addr or ""
    g.setdefault("counted", []).append((kind, address, who, amount))


def spend(kind: str, who: str = "") -> None:
    """Count one try at once, before it is looked at, and refuse the request when there were too
    many: of a thousand sent in one moment no more get through than of a thousand in a row. Lets
    go of the database."""
    let_go()
    _wait(_brakes().take(kind, request.remote_addr or "", who))


def let_go() -> None:
    """Give the database back before something slow, such as looking at a password, so that
    others can write meanwhile. What this request wrote until now is undone."""
    db().rollback()


def _wait(seconds: int) -> None:
    if seconds:
        raise TooManyRequests(retry_after=seconds)


def _brakes() -> Brakes:
    found: Brakes = current_app.extensions["brakes"]
    return found


def public_address() -> str:
    """Where this server is reached from, for cards and posters."""
    return settings().public_url or request.host_url.rstrip("/")


class Name(BaseConverter):
    """A part of an address that names something of ours: a module, a wave, a questionnaire."""

    regex = r"[a-z][a-z0-9-]{0,40}"


class Slug(BaseConverter):
    """A part of an address that names what somebody made: an adaptation, an entry of a profile."""

    regex = r"[a-z0-9][a-z0-9_-]{0,120}"


class RandomNumber(BaseConverter):
    """A part of an address that is a number of `secrets.token_hex(8)`."""

    regex = r"[0-9a-f]{16}"


def join_doors(app: Flask) -> None:
    """Hang the shared rules of all doors onto the application."""
    app.url_map.converters["name"] = Name
    app.url_map.converters["slug"] = Slug
    app.url_map.converters["random"] = RandomNumber
    app.url_value_preprocessor(_take_language)
    app.before_request(_speak)
    app.after_request(_commit)
    app.after_request(_dress)
    app.teardown_request(_close)


def _take_language(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    g.tag = values.pop("tag", None) if values is not None else _first_part_of_path()


def _first_part_of_path() -> str | None:
    """What would be the language of an address that leads nowhere, so that the page saying so
    speaks it, and a reader of a place we know only by its parent is led there."""
    first = request.path.split("/")[1]
    return first if normalise(first) is not None else None


def _speak() -> ResponseReturnValue | None:
    """Speak the language of the address; an unknown one leads to the nearest on offer."""
    if g.tag is None:
        speak(nearest_tag())
        return None
    tags = [each.tag for each in offered()]
    if g.tag in tags or g.tag in reachable_tags(db()):
        speak(g.tag)
        return None
    found = _offered_for(g.tag, tags)
    if found is None and g.tag in edition_tags(db()):
        found = nearest_tag()  # a language that was taken off this server, with no kin here
    if found is None:
        speak(nearest_tag())
        abort(404)
    if request.method not in SAFE:
        speak(found)
        return None
    # The path is rebuilt from our own parts, so that it can only lead to this site; quoted,
    # because a header with a line break in it would be a fault of ours.
    return redirect(f"/{found}/{quote(request.path[1:].partition('/')[2])}", 302)


def nearest_tag() -> str:
    """The language on offer nearest to what the browser asks for."""
    tags = [each.tag for each in offered()]
    wanted = (each for each, _quality in request.accept_languages)
    return next((found for each in wanted if (found := _offered_for(each, tags))), SOURCE)


def _offered_for(wanted: str, tags: Sequence[str]) -> str | None:
    """The language on offer for whoever wants this tag: itself, an ancestor, or, where only other
    regions' are on offer (es-419 for es-ES), the most general of them. English only for who
    wants English."""
    known = normalise(wanted)
    if known is None:
        return None
    chain = language(known).chain
    steps = chain if same_words(known, SOURCE) else chain[:-1]
    near = next((step for step in steps if step in tags), None)
    kin = [tag for tag in tags if not set(chain[:-1]).isdisjoint(language(tag).chain[:-1])]
    return near or min(kin, key=lambda tag: len(language(tag).chain), default=None)


def _commit(response: Response) -> Response:
    """The one commit. An answer goes out only after what it says is kept."""
    session: Session | None = g.get("session")
    keeps = response.status_code < 400 and request.method not in SAFE
    if session is not None:
        if keeps:
            session.commit()
            if g.get("scrub"):
                current_app.extensions["database"].scrub()
        else:
            session.rollback()
    try:
        _do_afterwards()
    except (SQLAlchemyError, OSError, StorageError) as error:
        if not keeps:
            # A guess that cannot be counted is not answered, nor a deed that leaves no line.
            raise
        # What the answer says is kept already; it must not turn into an error for that.
        current_app.logger.error("%s after the commit", type(error).__name__)
    return response


def _do_afterwards() -> None:
    # Only now, because SQLite lets one write at a time and this request has just been the one.
    for counted in g.pop("counted", ()):
        _brakes().count(*counted)
    _do(g.pop("afterwards", ()))
    with suppress(SQLAlchemyError, OSError):
        _do(g.pop("maybe", ()))


def _do(deeds: Sequence[Callable[[Session], None]]) -> None:
    if deeds:
        with current_app.extensions["database"].work() as session:
            for deed in deeds:
                deed(session)


def _close(_error: BaseException | None) -> None:
    session: Session | None = g.pop("session", None)
    if session is not None:
        session.close()


def _dress(response: Response) -> Response:
    for name, value in SECURITY:
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers.setdefault(*ONLY_ENCRYPTED)
    response.headers.setdefault("Cache-Control", "no-store")
    return response
