from edu.segments.markdown import extract


def _rows(source):
    return [(segment.kind, segment.context, segment.text) for segment in extract(source)]


def test_a_lesson_is_cut_into_its_segments_in_order(lesson):
    question = "Which sentence puts the person first?"
    assert _rows(lesson) == [
        ("front-matter", "title", "Us, not them"),
        ("front-matter", "summary", "Hard times: they touch most families."),
        ("front-matter", "message", "Most people find a life they value again."),
        ("front-matter", "story.teller", "A woman who sells vegetables"),
        ("front-matter", "extra.title", "Nested"),
        ("paragraph", "", "Some words with **weight** and a second line.\\\nAfter a break."),
        ("list-item", "", "A quoted item that goes on."),
        ("heading", "", "Underlined"),
        ("heading", "", "A heading"),
        ("title", "do.title", "Sort the words"),
        ("list-item", "", "One bin"),
        ("list-item", "", "A card"),
        ("paragraph", "", "What others say"),
        ("list-item", "", question),
        ("option", question, "She lives with depression."),
        ("feedback", "", "Yes. The person comes first."),
        ("option", question, "Yes"),
        ("feedback", "", "Try again."),
        ("list-item", "", "Is it a choice?"),
        ("option", "Is it a choice?", "Yes"),
        ("feedback", "", "Not quite."),
        ("option", "Is it a choice?", "No"),
        ("feedback", "", "Right."),
        ("title", "us.title", "Where to find support"),
        ("table-cell", "", "A"),
        ("table-cell", "", "B"),
        ("table-cell", "", "Yes"),
        ("table-cell", "", "Yes"),
        ("table-cell", "", "a | b"),
        ("table-cell", "", "`c`"),
    ]


def test_the_same_answer_under_two_questions_is_two_segments(lesson):
    yes = [each for each in extract(lesson) if each.kind == "option" and each.text == "Yes"]
    assert len({each.key for each in yes}) == 2


def test_two_long_questions_with_one_beginning_give_two_contexts():
    start = "word " * 30
    lines = [f"{n}. {start}{end}?\n   - [x] Yes\n" for n, end in ((1, "first"), (2, "second"))]
    contexts = [
        each.context
        for each in extract("::: check\n" + "".join(lines) + ":::\n")
        if each.kind == "option"
    ]
    assert len(set(contexts)) == 2
    assert max(map(len, contexts)) <= 80


def test_a_note_tells_the_translator_what_the_words_answer(lesson):
    notes = {each.text: each.note for each in extract(lesson)}
    assert notes["No"] == "an answer to: Is it a choice?"
    assert notes["Right."] == "the feedback on: No"
    assert notes["Sort the words"] == "title of the block do"
    assert notes["a | b"] == "a cell in the column: A"


def test_a_segment_knows_its_block_and_what_that_block_declares(lesson):
    where = {each.text: (each.block, each.safety) for each in extract(lesson)}
    assert where["Underlined"] == ("idea", "")
    assert where["One bin"] == ("do", "")
    assert where["Where to find support"] == ("us", "helpline")
    assert where["`c`"] == ("us", "helpline")


def test_the_nearest_declared_safety_counts():
    inner = "::: reveal\nTwo\n:::\n::: reveal safety=suicide\nThree\n:::\n"
    source = f":::: us safety=law\nOne\n\n{inner}::::\n"
    assert [each.safety for each in extract(source)] == ["law", "law", "suicide"]


def test_the_line_is_the_one_an_editor_shows(lesson):
    lines = lesson.split("\n")
    for each in extract(lesson):
        first_word = each.text.split()[0]
        assert first_word in lines[each.line - 1].replace("\\|", "|")


def test_code_and_link_definitions_are_not_for_translators():
    assert extract("```\ncode\n```\n\n    more code\n\n[a]: /b 'c'\n") == []


def test_front_matter_that_is_not_yaml_holds_no_segments():
    assert _rows("---\ntitle: [\n---\nWords\n") == [("paragraph", "", "Words")]


def test_numbers_and_dates_in_front_matter_are_not_text():
    assert extract("---\ntitle: 2026\nsummary: 2026-11-21\n---\n") == []


def test_image_and_link_words_are_in_the_text_that_the_translator_sees():
    source = 'See ![a bridge](media/b.svg "Bridge") and [this](m2.1 "Next").\n'
    assert [each.text for each in extract(source)] == [source.strip()]


def test_a_hard_break_by_two_spaces_becomes_a_backslash():
    assert [each.text for each in extract("one  \ntwo\n")] == ["one\\\ntwo"]


def test_two_spaces_inside_code_are_no_hard_break():
    assert [each.text for each in extract("`one  \ntwo` x\n")] == ["`one two` x"]


def test_an_escaped_backtick_opens_no_code():
    assert [each.text for each in extract("\\` one  \ntwo `\n")] == ["\\` one\\\ntwo `"]


def test_cells_of_a_second_table_are_noted_under_their_own_heads():
    source = "|A|\n|-|\n|x|\n\n|B|\n|-|\n|y|\n"
    assert [each.note for each in extract(source) if each.text == "y"] == [
        "a cell in the column: B"
    ]
