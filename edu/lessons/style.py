"""How we speak about people, in English: what a lesson may not say, and what it might say better.

A phrase in quotation marks is being shown, not said, and so are the cards to sort and the
answers that are not marked as good: they are let pass by the rules about words.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from markdown_it.tree import SyntaxTreeNode as Node

from edu.lessons.drawing import container_name
from edu.lessons.mistakes import Message, Mistake
from edu.lessons.questions import MARK
from edu.lessons.words import N_

LONGEST_SENTENCE = 25
IDEA_WORDS = (120, 250)


def _rule(pattern: str, message: str, *, blocks: bool = True) -> tuple[re.Pattern[str], str, bool]:
    spaced = pattern.replace(" ", r"\s+")
    return re.compile(rf"(?<!\w)(?:{spaced})(?!\w)", re.IGNORECASE), message, blocks


_RULES = (
    _rule(
        r"suffer(?:s|ed|ing)? from|sufferers?|afflicted (?:with|by)|stricken (?:with|by)",
        N_("Say 'lives with' or 'has', and the person first."),
    ),
    _rule(
        r"an? (?:schizophrenic|depressive|psychotic|bipolar|manic|alcoholic|epileptic|autistic)"
        r"(?= (?:is|was|and|or|who|can|may|has|in|at|from)|[.,;:!?]|$)|schizophrenics|depressives"
        r"|psychotics|alcoholics(?! anonymous)|epileptics|(?:drug )?addicts?|junkies?|druggies?"
        r"|lunatics?|mad(?:man|men|woman|women)|psychos?|the mentally ill|the insane|the disabled"
        r"|mental (?:patients?|cases?)|crazy (?:person|people|man|woman)|retards?|a cripple"
        r"|cripples|(?:is|are|am|was|were|i['’]m|s?he['’]s|you['’]re|they['’]re) (?:schizophrenic"
        r"|bipolar|psychotic|epileptic|manic-depressive)(?! (?:disorder|seizure|episode|illness))",
        N_("This makes a condition into a person's name; put the person first."),
    ),
    _rule(
        r"commit(?:s|ted|ting)? suicide|(?:un)?successful suicide|failed suicide"
        r"|complete[ds]? suicide|suicide epidemic|epidemic of suicides?",
        N_("Say 'died by suicide' or 'tried to end her life'."),
    ),
    _rule(
        r"hang(?:ed|ing)? (?:him|her|them)sel(?:f|ves)|overdosed?|pesticides?|suicide notes?"
        r"|slit (?:his|her|their) wrists?|jump(?:ed|ing)? off",
        N_("Leave out how and where; a method is never told."),
        blocks=False,
    ),
    _rule(
        r"chemical imbalances?|brain (?:disease|disorder)s?|(?:disease|disorder)s? of the brain"
        r"|genetic defects?|broken brains?|(?:a )?disease like any other|an illness like any other",
        N_("A brain-only cause makes people seem strange and hopeless; name several causes."),
    ),
    _rule(
        r"superstitio(?:ns?|us)|primitive|ignorant|ignorance|backward",
        N_("This word looks down on people or their beliefs."),
    ),
    _rule(
        r"myths? (?:and|or|vs\.?|versus) (?:facts?|truths?|reality)",
        N_("No myth-and-fact lists: they spread the myth. Say what is so."),
    ),
    _rule(
        r"(?:these|those|such) people|people like (?:that|them)|their kind",
        N_("This draws a line between us and others."),
        blocks=False,
    ),
    _rule(
        r"victims? of (?:mental|depression|psychosis|schizophrenia|addiction)|despite (?:his|her"
        r"|their) illness|so inspiring|heroic(?:ally)?|to be pitied",
        N_("Neither pity nor heroes: an ordinary person with an ordinary role."),
        blocks=False,
    ),
)
_NO_MYTHS = N_("No myth-and-fact lists: they spread the myth. Say what is so.")
_LONG = N_("This sentence has %(count)s words; %(enough)s are enough.")
_MYTH = re.compile(r"(?:\*\*|__)?(?:myth|fact)s?(?:\s*\d+)?\s*(?:\*\*|__)?\s*[:.–-]", re.IGNORECASE)
_MYTH_HEAD = re.compile(r"(?:\*\*|__)?(?:myth|fact)s?(?:\s*\d+)?(?:\*\*|__)?\s*$", re.IGNORECASE)
_DANGER = re.compile(r"\b(?:dangerous(?:ness)?|violent)\b", re.IGNORECASE)
_QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”|‘[^’]*’|«[^»]*»")
_SENTENCE_END = re.compile(r"(?<=[.!?…:;])[\"”’)]*\s+")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def said(text: str) -> str:
    """A text with blanks where it quotes, so that places stay the same."""
    return _QUOTED.sub(lambda quote: re.sub(r"\S", " ", quote[0]), text)


def words_about_people(text: str, line: int, file: str) -> list[Mistake]:
    """Findings in one piece of English text that begins on this line."""
    own, found = said(text), []
    for pattern, message, blocks in _RULES:
        for match in pattern.finditer(own):
            place = line + own.count("\n", 0, match.start())
            phrase = " ".join(match[0].split())
            advice = Message("'%(phrase)s': %(advice)s", phrase=phrase, advice=Message(message))
            found.append(Mistake(file, place, advice, blocks))
    if _MYTH.match(own):
        found.append(Mistake(file, line, _NO_MYTHS))
    return found


def long_sentences(text: str, line: int, file: str) -> list[Mistake]:
    found, start = [], 0
    for end in [*(match.end() for match in _SENTENCE_END.finditer(text)), len(text)]:
        count = len(_WORD.findall(text[start:end]))
        if count > LONGEST_SENTENCE:
            place = line + text.count("\n", 0, start)
            message = Message(_LONG, count=count, enough=LONGEST_SENTENCE)
            found.append(Mistake(file, place, message, blocks=False))
        start = end
    return found


def title_style(text: str, line: int, file: str) -> list[Mistake]:
    found = words_about_people(text, line, file)
    if _DANGER.search(said(text)):
        message = N_("A heading that speaks of danger plants it; say what helps.")
        found.append(Mistake(file, line, message, blocks=False))
    return found


def body_style(nodes: Sequence[Node], file: str) -> list[Mistake]:
    """Findings in a whole text: paragraphs, headings, table heads and container titles."""
    found: list[Mistake] = []
    for node, within in _walk(nodes, ()):
        line = node.map[0] + 1 if node.map else 1
        if node.type == "container_block":
            found += title_style(_title(node), line, file)
            if container_name(node) == "idea":
                found += _idea_length(node, file)
        elif node.type == "inline":
            text = MARK.sub("", node.content)
            if within[-1] == "heading":
                found += title_style(text, line, file)
            elif "shown" not in within:
                found += words_about_people(text, line, file)
            if within[-1] in ("heading", "th") and _MYTH_HEAD.match(text):
                found.append(Mistake(file, line, _NO_MYTHS))
            found += long_sentences(text, line, file)
    return found


def _walk(nodes: Sequence[Node], within: tuple[str, ...]) -> Iterator[tuple[Node, tuple[str, ...]]]:
    for node in nodes:
        yield node, within
        if node.type == "inline":
            continue
        inside = (*within, container_name(node) or node.type)
        for child in node.children:
            yield from (
                _walk([child], (*inside[:-1], "shown", inside[-1]))
                if _is_shown(child, inside)
                else _walk([child], inside)
            )


def _is_shown(node: Node, within: tuple[str, ...]) -> bool:
    """Whether a paragraph is a card to sort or an answer that is not marked as good."""
    if node.type != "paragraph" or within[-1] != "list_item":
        return False
    if within[-3:-1] in (("sort", "ordered_list"), ("match", "ordered_list")):
        return True
    return "check" in within and node.children[0].content.startswith("[ ]")


def _title(node: Node) -> str:
    tokens: Any = node.nester_tokens
    return str(tokens.opening.meta["title"])


def _idea_length(node: Node, file: str) -> list[Mistake]:
    texts = [child.content for child, _ in _walk(node.children, ()) if child.type == "inline"]
    count = sum(len(_WORD.findall(text)) for text in texts)
    low, high = IDEA_WORDS
    if low <= count <= high:
        return []
    line = node.map[0] + 1 if node.map else 1
    message = f"'idea' has {count} words; {low} to {high} are wanted."
    return [Mistake(file, line, message, blocks=False)]
