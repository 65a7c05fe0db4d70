"""Pages to print, finished when they are first asked for and kept while their release is served.

A handbook is a whole module on one page. Making one takes a small box a second, and packing all of
them beforehand in every language would hold up its start. Like lessons they hold nothing personal.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from threading import Lock

from flask import Response, current_app, request

from edu.pages.serve import FRESH
from edu.pages.store import etag, gzip

#: So many are kept in each process: a few modules in the languages of one day.
_MOST = 48


@dataclass(frozen=True)
class Finished:
    """A page, and its packed form."""

    body: bytes
    packed: bytes
    tag: str


class Shelf:
    """The pages that were asked for last."""

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, Finished] = OrderedDict()
        self._lock = Lock()

    def page(self, of: Hashable, make: Callable[[], str]) -> Finished:
        """The page made `of` this, from the shelf or made now."""
        with self._lock:
            found = self._kept.get(of)
            if found is not None:
                self._kept.move_to_end(of)
                return found
        # Made outside the lock: two who ask in one moment make it twice, and nobody waits.
        body = make().encode()
        found = Finished(body, gzip(body), etag(body))
        with self._lock:
            self._kept[of] = found
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return found


def kept(of: Hashable, make: Callable[[], str]) -> Finished:
    """The page made `of` this, from this process's shelf or made now."""
    shelf: Shelf = current_app.extensions["printed"]
    return shelf.page(of, make)


def finished(page: Finished) -> Response:
    """The answer with this page; nothing but its head to whoever has it already."""
    packed = request.accept_encodings["gzip"] > 0
    answer = Response(page.packed if packed else page.body, content_type="text/html; charset=utf-8")
    if packed:
        answer.headers["Content-Encoding"] = "gzip"
    answer.headers["Vary"] = "Accept-Encoding"
    answer.headers["Cache-Control"] = FRESH
    answer.set_etag(page.tag)
    answer.make_conditional(request)
    return answer
