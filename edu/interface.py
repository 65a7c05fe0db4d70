"""The interface's words: one gettext catalogue a tag, looked up along the tag's chain.

gettext, and flask-babel with it, falls from a missing message straight to English. Here each
message is looked up in `sw-KE`, then `sw`, then the English of the source, and a counted one is
counted by the rule of the catalogue that holds it.

    interface = Interface(Path("translations"))
    interface.translations("sw-KE").gettext("Next")
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import flask_babel
from flask import Flask, request

from edu.languages import SOURCE, Plural, language
from edu.lessons.mistakes import Broken
from edu.messages import Catalogue, catalogue_files, key_of, read_catalogue


class Translations:
    """A chain's words as one: what Jinja, WTForms and flask-babel ask of a catalogue."""

    def __init__(self, catalogues: Sequence[Catalogue]) -> None:
        """Of the catalogues, nearest first."""
        self._texts: dict[str, str] = {}
        self._forms: dict[str, tuple[tuple[str, ...], Plural]] = {}
        self._origins: dict[str, str] = {}
        for found in reversed(catalogues):
            self._texts |= found.texts
            self._forms |= {key: (forms, found.plural) for key, forms in found.forms.items()}
            self._origins |= dict.fromkeys(found.texts | found.forms, found.tag)

    def gettext(self, message: str) -> str:
        return self._texts.get(message, message)

    def pgettext(self, context: str, message: str) -> str:
        return self._texts.get(key_of(context, message), message)

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return self._counted(singular, singular, plural, n)

    def npgettext(self, context: str, singular: str, plural: str, n: int) -> str:
        return self._counted(key_of(context, singular), singular, plural, n)

    def origin(self, message: str, context: str | None = None) -> str:
        """The tag whose catalogue a message comes from; "en" when it is the source's own."""
        return self._origins.get(key_of(context, message), SOURCE)

    def _counted(self, key: str, singular: str, plural: str, n: int) -> str:
        if key in self._forms:
            forms, rule = self._forms[key]
            return forms[rule(abs(int(n)))]
        return singular if n == 1 else plural

    # flask-babel calls them by the names of Python 2
    ugettext, ungettext, upgettext, unpgettext = gettext, ngettext, pgettext, npgettext


class Interface:
    """All catalogues of a folder, read once. One that cannot be read is left out, so that the
    commands that say what is wrong with it still run; `flask prepare` refuses to serve it."""

    def __init__(self, folder: Path) -> None:
        self._catalogues: dict[str, Catalogue] = {}
        self._merged: dict[tuple[str, ...], Translations] = {}
        for path in catalogue_files(folder):
            with suppress(Broken):
                found = read_catalogue(path)
                self._catalogues[found.tag] = found

    def translations(self, tag: str) -> Translations:
        """The words for any tag; for one that has no catalogue, those of its ancestors."""
        known = tuple(step for step in language(tag).chain if step in self._catalogues)
        if known not in self._merged:  # by what is known, so that asked tags cannot fill memory
            self._merged[known] = Translations([self._catalogues[step] for step in known])
        return self._merged[known]

    def origin(self, tag: str, message: str, context: str | None = None) -> str:
        return self.translations(tag).origin(message, context)


class ChainDomain(flask_babel.Domain):  # type: ignore[misc]
    """Lets flask-babel's gettext and lazy_gettext, and Jinja's, go along the chain.

    `tag` gives the tag of the request being answered; it is called at each message."""

    def __init__(self, interface: Interface, tag: Callable[[], str]) -> None:
        super().__init__()
        self._interface = interface
        self._tag = tag

    def get_translations(self) -> Translations:
        return self._interface.translations(self._tag())

    def ugettext(self, message: str) -> str:
        return self.get_translations().gettext(message)

    def ungettext(self, singular: str, plural: str, n: int) -> str:
        return self.get_translations().ngettext(singular, plural, n)

    def attach(self, app: Flask) -> None:
        """To be called once flask_babel.Babel has been set up for the app."""
        flask_babel.get_babel(app).instance.domain_instance = self
        app.before_request(self._for_forms)
        # The extraction below folds the white space of {% trans %}, so rendering must.
        app.jinja_env.policies["ext.i18n.trimmed"] = True
        # flask-babel's own callables look up the context, the domain and the locale each time.
        environment: Any = app.jinja_env
        environment.install_gettext_callables(
            lambda message: self.get_translations().gettext(message),
            lambda singular, plural, n: self.get_translations().ngettext(singular, plural, n),
            newstyle=True,
            pgettext=lambda context, message: self.get_translations().pgettext(context, message),
            npgettext=lambda context, singular, plural, n: self.get_translations().npgettext(
                context, singular, plural, n
            ),
        )

    def _for_forms(self) -> None:
        """Where forms look for the words of their own messages; otherwise they take WTForms'
        catalogues, in a locale that nobody chose."""
        request.wtforms_translations = self  # type: ignore[attr-defined]
