"""The marks inside a text: emphasis, code, links and their targets, pictures, tags."""

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from edu.checks.finding import Finding, advises, blocks, listed
from edu.checks.letters import words
from edu.checks.reading import Side
from edu.lessons.words import N_

_FEWER = N_(
    "The source has %(source)s × %(mark)s, the translation %(target)s. Mark the same words."
)
_MARKS = {"strong": "**…**", "em": "*…*", "s": "~~…~~"}
_STRAY = N_(
    "A mark stands alone here and would be shown as it is: %(found)s. Close it, or remove it."
)
_CODE = N_("Code is not translated. Copy %(found)s as it stands.")
_CODE_NEW = N_("The source has no code here: %(found)s.")
LINK_LOST = N_("The link to %(found)s is missing or leads elsewhere.")
_LINK_NEW = N_("The source has no link to %(found)s.")
_LINK_EMPTY = N_("A link has no words to tap on.")
_LINK_SAME = N_("The words of a link are still those of the source: %(found)s.")
_DANGER = N_("A link must not run a program: %(found)s. Use the address of the source.")
_REFERENCE = N_("The name of a link's address is not translated: %(found)s.")
_IMAGE_LOST = N_("The picture %(found)s is missing or another one.")
_IMAGE_NEW = N_("The source has no picture %(found)s.")
_ALT_EMPTY = N_("A picture has no description. Say in a few words what it shows.")
_ALT_SAME = N_("The description of a picture is still that of the source: %(found)s.")
_TAGS = N_("The tags are not those of the source: %(found)s.")

#: The address of a link or picture, and its words.
_Named = tuple[str, str]

_DANGEROUS = re.compile(
    r"(?:\]\(\s*<?|\]:\s*<?|<|href\s*=\s*[\"']?)\s*((?:j\s*a\s*v\s*a|v\s*b)\s*s\s*c\s*r\s*i\s*p\s*t\s*:|data\s*:|file\s*:)",
    re.IGNORECASE,
)
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>|<!--")
_TAG_NAME = re.compile(r"</?[A-Za-z0-9-]+|<!--")
_HALF = re.compile(r"\*{1,3}|(?<![\w_])__?(?=\w)|(?<=\w)__?(?![\w_])|`+|~~")
_HALF_LINK = re.compile(r"\[[^\[\]\n]*\]\s?\([^()\n]*\)?|\]\(|!\[")
_REFERENCES = re.compile(r"\[[^\[\]\n]+\]\[([^\[\]\n]*)\]")


def check_emphasis(source: Side, target: Side) -> Iterator[Finding]:
    ours, theirs = source.marks.counts, target.marks.counts
    for mark, shown in _MARKS.items():
        if ours.get(mark, 0) != theirs.get(mark, 0):
            counts = {"source": str(ours.get(mark, 0)), "target": str(theirs.get(mark, 0))}
            yield blocks("emphasis", _FEWER, mark=shown, **counts)
    yield from check_stray(source, target)


def check_stray(source: Side, target: Side) -> Iterator[Finding]:
    """Marks of emphasis that mark nothing."""
    ours_stray = Counter(_HALF.findall(source.visible))
    stray = Counter(_HALF.findall(target.visible)) - ours_stray
    if stray:
        yield blocks("emphasis", _STRAY, found=listed(sorted(stray)))


def check_code(source: Side, target: Side) -> Iterator[Finding]:
    ours, theirs = Counter(source.marks.code), Counter(target.marks.code)
    if lost := sorted(ours - theirs):
        yield blocks("code", _CODE, found=listed(lost))
    if new := sorted(theirs - ours):
        yield blocks("code", _CODE_NEW, found=listed(new))


def check_links(source: Side, target: Side, *, foreign: bool) -> Iterator[Finding]:
    """`foreign`: the target is in another language than the source."""
    yield from check_dangerous(target)
    ours, theirs = source.marks.links, target.marks.links
    moved = list(_lost_and_new("links", ours, theirs, LINK_LOST, _LINK_NEW))
    yield from moved
    if all(said.strip() for _, said in ours):
        yield from check_empty_links(target)
    broken = len(_HALF_LINK.findall(target.visible)) - len(_HALF_LINK.findall(source.visible))
    if broken > 0 and not moved:
        found = _HALF_LINK.search(target.visible)
        yield blocks("links", _STRAY, found=found[0] if found else "[")
    if foreign:
        yield from _same_words("link-words", _LINK_SAME, ours, theirs)
    references = Counter(map(str.lower, _REFERENCES.findall(source.visible)))
    changed = references - Counter(map(str.lower, _REFERENCES.findall(target.visible)))
    if changed:
        yield blocks("links", _REFERENCE, found=listed(sorted(changed)))


def check_dangerous(target: Side) -> Iterator[Finding]:
    """A link that would run a program, however it is disguised."""
    text = re.sub(r"[\t\n\x00-\x1f\u200b]", "", html.unescape(target.text))
    if danger := _DANGEROUS.search(text):
        yield blocks("dangerous-link", _DANGER, found=danger[1])


def check_empty_links(target: Side) -> Iterator[Finding]:
    if any(not said.strip() for _, said in target.marks.links):
        yield blocks("links", _LINK_EMPTY)


def _lost_and_new(
    check: str, ours: Sequence[_Named], theirs: Sequence[_Named], lost: str, new: str
) -> Iterator[Finding]:
    """What leads elsewhere than in the source: the addresses gone, and those that are new."""
    before, after = Counter(at for at, _ in ours), Counter(at for at, _ in theirs)
    if gone := before - after:
        yield blocks(check, lost, found=listed(sorted(gone)))
    if more := after - before:
        yield blocks(check, new, found=listed(sorted(more)))


def _same_words(
    check: str, template: str, ours: Sequence[_Named], theirs: Sequence[_Named]
) -> Iterator[Finding]:
    same = {said for _, said in ours if _is_phrase(said)} & {said for _, said in theirs}
    if same:
        yield advises(check, template, found=listed(sorted(same)))


def _is_phrase(text: str) -> bool:
    """Whether these are words to translate, and neither an address nor a name."""
    lower = [word for word in words(text) if word[:1].islower()]
    return len(lower) > 1 and "/" not in text and "@" not in text and "." not in text.strip(".")


def check_images(source: Side, target: Side, *, foreign: bool) -> Iterator[Finding]:
    ours, theirs = source.marks.images, target.marks.images
    moved = list(_lost_and_new("images", ours, theirs, _IMAGE_LOST, _IMAGE_NEW))
    yield from moved
    more = any(finding.template == _IMAGE_NEW for finding in moved)
    empty = sum(not alt.strip() for _, alt in theirs)
    if empty > sum(not alt.strip() for _, alt in ours) and not more:
        yield blocks("alt", _ALT_EMPTY)
    if foreign:
        yield from _same_words("alt", _ALT_SAME, ours, theirs)


def check_tags(source: Side, target: Side) -> Iterator[Finding]:
    ours, theirs = _tags(source.text), _tags(target.text)
    if different := sorted(((ours - theirs) + (theirs - ours)).elements()):
        yield blocks("tags", _TAGS, found=listed(different))


def _tags(text: str) -> Counter[str]:
    """Tags by name."""
    return Counter(
        name[0].lower() for tag in _TAG.findall(text) if (name := _TAG_NAME.match(tag)) is not None
    )
