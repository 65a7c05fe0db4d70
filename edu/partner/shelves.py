"""Which languages and modules somebody meets on the dashboard, and may begin."""

from flask_babel import gettext as _

from edu.doors import db, settings
from edu.editions.parts import Sort, modules, parts_of
from edu.editions.workplace.dashboard import begun_tags
from edu.languages import SOURCE, language
from edu.partner.desk_forms import Choices
from edu.partner.desk_wording import module_name
from edu.partners.actors import Actor
from edu.partners.roles import BY_LANGUAGE, Right, Role
from edu.segments.segment import Segment

_WORK = (Right.TRANSLATE, Right.REVIEW, Right.PUBLISH)


def reads(by: Actor) -> list[str]:
    """The languages she sees: those of her roles, the places within them that were begun, and
    for whoever decides on readers all that were begun."""
    begun = begun_tags(db())
    if not by.may(Right.WAIVE_READERS):
        begun = {tag for tag in begun if any(by.may(right, tag=tag) for right in _WORK)}
    return sorted(begun | _named(by))


def _named(by: Actor) -> set[str]:
    """The languages that her roles name."""
    held = {each.language for each in by.grants if Role(each.role) in BY_LANGUAGE}
    return held - {"", SOURCE}


def tags_to_choose(by: Actor) -> Choices:
    """The languages into which she may translate, by their own names."""
    tags = [tag for tag in reads(by) if by.may(Right.TRANSLATE, tag=tag)]
    named = sorted((language(tag).autonym, tag) for tag in tags)
    return [("", _("Choose")), *((tag, name) for name, tag in named)]


def modules_to_choose() -> Choices:
    """Everything there is to translate."""
    return [(name, _title_text(name)) for name in modules(settings().root)]


def titles() -> dict[str, Segment | None]:
    """The titles of the modules, as their authors wrote them; None for pages and questions."""
    return {name: _title(name) for name in modules(settings().root)}


def _title_text(module: str) -> str:
    found = _title(module)
    return found.text if found is not None else module_name(module)


def _title(module: str) -> Segment | None:
    for part in parts_of(settings().root, module).values():
        if part.sort is Sort.MODULE:
            return next(
                (each for each in part.segments() if each.context == f"{part.id}|title"), None
            )
    return None
