"""What all houses of one run can share without one test noticing another: work, and no state.

Each test has an application, an engine and a database of its own. Most of what it costs to make
them is the same work each time: compiling the rules of addresses, the statements, the templates.
"""

import atexit
import functools
import gc
import shutil
import tempfile
from collections.abc import Callable

import pytest
from sqlalchemy import Engine, event
from werkzeug.routing import Rule

from edu import database
from edu.pages import store

_compile = Rule.compile
_compiled: dict[object, tuple[object, ...]] = {}


def _compile_rule_once(self: Rule) -> None:
    """The parts of an address depend on these alone; the converters look at no application."""
    assert self.map is not None
    key = (self.rule, self.subdomain, self.merge_slashes, tuple(self.map.converters.items()))
    if key not in _compiled:
        _compile(self)
        _compiled[key] = (self._parts, self._trace, self._converters, frozenset(self.arguments))
    self._parts, self._trace, self._converters, arguments = _compiled[key]
    self.arguments = self.arguments | arguments
    for name, with_more in (("_build", False), ("_build_unknown", True)):
        setattr(self, name, self._compile_builder(with_more).__get__(self, None))


_compile_builder = Rule._compile_builder
_builders: dict[object, Callable[..., tuple[str, str]]] = {}


def _build_once(self: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
    """What builds an address depends on these alone; the converters it finds at the rule."""
    key = (tuple(self._trace), append_unknown, repr(self.defaults))
    if key not in _builders:
        _builders[key] = _compile_builder(self, append_unknown)
    return _builders[key]


_make_engine = database.make_engine
_first: dict[str, Engine] = {}


def _engine_that_knows(url: str) -> Engine:
    """An engine that takes statements compiled by the first one of its kind."""
    engine = _make_engine(url)
    first = _first.get(engine.dialect.name)
    if first is not None:
        engine.dialect = first.dialect
        engine._compiled_cache = first._compiled_cache
    else:
        event.listen(engine, "engine_connect", lambda _: _first.setdefault(engine.name, engine))
    return engine


@functools.cache
def compiled_templates() -> str:
    """The folder where templates are kept compiled for all houses."""
    folder = tempfile.mkdtemp(prefix="daraja-templates-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def collect_seldom() -> None:
    """Look for rubbish seldom, and never among what stays until the end.

    Each house is rubbish that points to itself. Python looks through all that the tests have
    loaded after every fourth house, which took a fifth of the tests' time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def share(patch: pytest.MonkeyPatch) -> None:
    """Share from now on."""
    patch.setattr(Rule, "compile", _compile_rule_once)
    patch.setattr(Rule, "_compile_builder", _build_once)
    patch.setattr(database, "make_engine", _engine_that_knows)
    patch.setattr(store.brotli, "compress", functools.lru_cache(2_000)(store.brotli.compress))
