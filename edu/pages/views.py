"""A release as templates want it: every text with the marks that its language needs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup

from edu.languages import language, same_words
from edu.lessons.brought import Brought
from edu.lessons.fields import translated_front_matter
from edu.lessons.lesson import Story, read_lesson
from edu.lessons.render import Draw, render_blocks, render_fragment

Words = Callable[[str], str]


_UNMARKED = Markup("")


@dataclass(frozen=True)
class Text:
    """Words, and the `lang` and `dir` they need where they stand in another language."""

    text: str
    marks: Markup = _UNMARKED
    #: Their tag, where it is another language.
    tag: str = ""

    def __bool__(self) -> bool:
        return bool(self.text)


def in_language(text: str, tag: str, page: str) -> Text:
    """Words of one tag on a page of another."""
    found = foreign(tag, page)
    if found is None:
        return Text(text)
    return Text(text, Markup(' lang="{}" dir="{}"').format(*found), found[0])


def foreign(tag: str, page: str) -> tuple[str, str] | None:
    """The tag and direction to mark words with; None when readers of the page know them."""
    return None if same_words(tag, page) else (tag, language(tag).direction)


def stored_text(words: Mapping[str, str], page: str) -> Text:
    """A text as a release keeps it."""
    return in_language(words["text"], words["tag"], page)


@dataclass(frozen=True)
class LessonView:
    """A released lesson; `state` and `complete` are what the reader must be told."""

    id: str
    number: int
    minutes: int
    title: Text
    summary: Text
    content_note: Text
    state: str
    complete: bool
    sources: Sequence[str]
    markdown: str
    tags: Sequence[str]
    #: Who signed, where they are fewer than the rule asks.
    readers: Sequence[str] = ()

    def blocks(
        self,
        page: str,
        words: Words,
        media: Mapping[str, int],
        containers: Mapping[str, Draw] | None = None,
        brought: Mapping[str, Brought] | None = None,
    ) -> list[Any]:
        """The rendered blocks; `media` gives the bytes of the recordings beside the lesson,
        `containers` draw it otherwise than for a screen, and `brought` are the pictures and films
        of partners that may be shown."""
        return render_blocks(
            self.markdown,
            words,
            _foreign_pieces(self.tags, page),
            link=_addresses(page),
            media=f"/media/{self.id.partition('.')[0]}/",
            sizes=media,
            brought=brought,
            containers=containers,
        )

    def hidden(self, today: date) -> frozenset[str]:
        """Blocks that may not be shown: a real person's story after the consent has ended."""
        return frozenset({"meet"}) if self._ended_story(today) else frozenset()

    def withdrawn(self, today: date) -> frozenset[str]:
        """Recordings of such a story."""
        story = self._ended_story(today)
        return frozenset({story.audio, story.video} - {""}) if story else frozenset()

    def _ended_story(self, today: date) -> Story | None:
        lesson, _mistakes = read_lesson(self.markdown, file="", id=self.id)
        story = lesson.story if lesson else None
        return None if story is None or story.may_be_shown(today) else story


@dataclass(frozen=True)
class ModuleView:
    """A released module with its lessons."""

    id: str
    release_id: int
    minutes: int
    title: Text
    summary: Text
    content_note: Text
    state: str
    complete: bool
    lessons: Sequence[LessonView]
    changes: Sequence[Mapping[str, Any]]
    #: Whose work was taken over: `credit`, `licence`, and `tag`, the language it was made for.
    credits: Sequence[Mapping[str, str]] = ()


@dataclass(frozen=True)
class PageView:
    """A released plain page."""

    slug: str
    title: Text
    summary: Text
    state: str
    complete: bool
    html: Markup
    readers: Sequence[str] = ()


def module_view(payload: Mapping[str, Any], release_id: int, page: str) -> ModuleView:
    """A module's release for readers of `page`."""
    lessons = [lesson_view(lesson, page) for lesson in payload["lessons"]]
    return ModuleView(
        id=payload["id"],
        release_id=release_id,
        minutes=payload["minutes"],
        title=stored_text(payload["title"], page),
        summary=stored_text(payload["summary"], page),
        content_note=stored_text(payload["content_note"], page),
        state=payload["state"],
        complete=all(lesson.complete for lesson in lessons),
        lessons=lessons,
        changes=payload["changes"],
        credits=payload.get("credits", ()),
    )


def lesson_view(lesson: Mapping[str, Any], page: str) -> LessonView:
    """One lesson of a release."""
    head = _front_matter(lesson["markdown"], lesson["tags"], page)
    return LessonView(
        id=lesson["id"],
        number=lesson["number"],
        minutes=lesson["minutes"],
        title=head.get("title", Text("")),
        summary=head.get("summary", Text("")),
        content_note=head.get("content_note", Text("")),
        state=lesson["state"],
        complete=all(same_words(tag, page) for tag in lesson["tags"]),
        sources=lesson["sources"],
        markdown=lesson["markdown"],
        tags=lesson["tags"],
        readers=lesson.get("readers", ()),
    )


def page_view(stored: Mapping[str, Any], page: str, words: Words) -> PageView:
    """A plain page of a release, rendered."""
    head = _front_matter(stored["markdown"], stored["tags"], page)
    html = render_fragment(
        stored["markdown"], words, _foreign_pieces(stored["tags"], page), link=_addresses(page)
    )
    return PageView(
        slug=stored["slug"],
        title=head.get("title", Text("")),
        summary=head.get("summary", Text("")),
        state=stored["state"],
        complete=all(same_words(tag, page) for tag in stored["tags"]),
        html=Markup(html),  # noqa: S704 (made by our own renderer, which lets no markup through)
        readers=stored.get("readers", ()),
    )


def _foreign_pieces(tags: Sequence[str], page: str) -> list[tuple[str, str] | None]:
    return [foreign(tag, page) for tag in tags]


def _front_matter(markdown: str, tags: Sequence[str], page: str) -> dict[str, Text]:
    """The translated values of the front matter, which come first among the pieces of text."""
    values = translated_front_matter(markdown)
    return {
        name: in_language(text, tag, page) for (name, text), tag in zip(values, tags, strict=False)
    }


def _addresses(page: str) -> Callable[[str], str]:
    """From what authors write in a link (`m2.1`, `pages.support`) to where it leads."""

    def address(name: str) -> str:
        module, _, rest = name.partition(".")
        return f"/{page}/{rest}/" if module == "pages" else f"/{page}/{module}/{rest}/"

    return address
