"""The bars: real files of other projects, and every example of CommonMark's specification."""

import re
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise

from edu.lessons.markdown import PARSER
from edu.segments.markdown import extract, weave
from edu.segments.segment import trim
from edu.segments.source import Source
from edu.segments.spans import lost, spans, written
from edu.segments.structure import StructureChanged, structure


def _same(segment):
    return segment.text


def _quoted(segment):
    return f"« {segment.text} »"


def test_every_file_comes_back_byte_for_byte(corpus):
    untranslated = {name: weave(source, lambda segment: None) for name, source in corpus.items()}
    equal = {name: weave(source, _same) for name, source in corpus.items()}
    assert untranslated == corpus
    assert equal == corpus
    assert len(corpus) == 21


def test_every_example_comes_back_byte_for_byte(examples):
    assert [weave(source, lambda segment: None) for source in examples] == examples
    assert [weave(source, _same) for source in examples] == examples
    assert len(examples) == 652


def test_every_example_renders_as_before_when_each_segment_is_its_own_translation(examples):
    # Not `_same`, which is left alone: here every segment is really written again, folded.
    changed = []
    for source in examples:
        page = Source(source)
        woven = _forced(page)
        assert structure(Source(woven)) == structure(page)
        if _words(PARSER.render(woven)) != _words(PARSER.render(source)):
            changed.append(source)
    # A line end inside an address makes it no link; folded to a space it is one.
    assert changed == ["[link](<foo\nbar>)\n"]


def _forced(page):
    return page.splice(
        [(each.start, each.end, written(page, each, each.segment.text)) for each in spans(page)]
    )


def _words(html):
    return re.sub(r"\s+", "", html)


def test_every_segment_is_found_in_its_exact_place(corpus, examples):
    for source in [*corpus.values(), *examples]:
        page = Source(source)
        found = list(spans(page))
        assert lost(page) == []
        assert len(found) >= sum(
            bool(trim(token.content)) for token in page.tokens if token.type == "inline"
        )
        own = [(each.start, each.end, page.text[each.start : each.end]) for each in found]
        assert page.splice(own) == source.replace("\0", "\ufffd")
        for (_, end, _), (start, _, _) in pairwise(own):
            assert end <= start


def test_translating_everything_keeps_blocks_and_order(corpus):
    for source in corpus.values():
        woven = weave(source, _quoted)
        assert structure(Source(woven)) == structure(Source(source))
        assert [each.text for each in extract(woven)] == [_quoted(each) for each in extract(source)]


def test_translating_every_example_keeps_its_blocks(examples):
    refused = []
    for source in examples:
        try:
            woven = weave(source, _quoted)
        except StructureChanged as change:
            refused.append((source, change.message))
            continue
        assert [each.text for each in extract(woven)] == [_quoted(each) for each in extract(source)]
    assert refused == []


def test_a_list_of_dangerous_words_keeps_the_blocks_of_every_example(examples):
    dangerous = [
        "- x",
        "1. x",
        "# x",
        "> x",
        "---",
        "===",
        ":::",
        "```",
        "[x]: /y",
        "| x",
        "x\\\n-",
    ]
    for source in examples:
        count = iter(range(10**6))
        woven = weave(source, lambda segment: dangerous[next(count) % len(dangerous)])  # noqa: B023
        assert structure(Source(woven)) == structure(Source(source))


class _Visible(HTMLParser):
    """The words that a reader sees outside code, raw HTML understood."""

    def __init__(self):
        super().__init__()
        self.words, self.hidden = Counter(), 0

    def handle_starttag(self, tag, attrs):
        self.hidden += tag in ("code", "pre", "style", "script")

    def handle_endtag(self, tag):
        self.hidden -= tag in ("code", "pre", "style", "script")

    def handle_data(self, data):
        if not self.hidden:
            self.words.update(data.split())


def _visible(html):
    reader = _Visible()
    reader.feed(html)
    return reader.words


def test_nearly_all_that_a_reader_sees_is_offered_to_the_translator(corpus):
    from markdown_it import MarkdownIt

    with_html = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    body = corpus["og-balance.en.md"].split("\n---\n", 1)[1]
    seen = _visible(with_html.render(body))
    offered = Counter()
    for segment in extract(body):
        offered += _visible(with_html.renderInline(segment.text))
    reached = 1 - sum((seen - offered).values()) / sum(seen.values())
    assert reached >= 0.99


def test_nothing_outside_code_stays_untranslated_on_the_page_we_serve(corpus, examples):
    for source in [*corpus.values(), *examples]:
        page = Source(source)
        woven = page.splice(
            [(each.start, each.end, written(page, each, "§")) for each in spans(page)]
        )
        assert set(_visible(PARSER.render(woven))) <= {"§"}
