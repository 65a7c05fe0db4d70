"""Which words a reader meets: the nearest usable ones along the chain, and whole blocks."""

from edu.editions.layers import BlockChange, Layer, Word
from edu.editions.resolve import Choice, Resolved, resolve_text
from edu.segments.markdown import extract

LESSON = """---
title: Greeting
---

::: idea
Greeting is small.
:::

::: here
At the well, Otieno greets first.
:::

::: us
Greet one person today.
:::

::: support safety=helpline If you are in danger
Go to the nearest clinic.
:::
"""
HERE = "At the well, Otieno greets first."
CLINIC = "Go to the nearest clinic."


def layer(tag: str, *blocks: BlockChange, state: str = "draft", **words: str) -> Layer:
    """A layer that says something for the segments named by their place in the lesson."""
    keys = {
        "title": ("m1.1|title", "Greeting"),
        "idea": ("m1.1", "Greeting is small."),
        "here": ("m1.1", HERE),
        "us": ("m1.1", "Greet one person today."),
        "danger": ("m1.1|support.title", "If you are in danger"),
        "clinic": ("m1.1", CLINIC),
    }
    return Layer(tag, {keys[name]: Word(text, state) for name, text in words.items()}, blocks)


def change(operation: str, slug: str = "record", state: str = "draft", **parts: str) -> BlockChange:
    values = {"lesson": "m1.1", "block": "", "after": "", "text": ""} | parts
    return BlockChange(slug=slug, operation=operation, state=state, **values)


def said(source: str, text: str, tag: str, state: str, change: str = "") -> Choice:
    """The words chosen for a segment of the lesson's text."""
    return Choice(source, text, tag, state, change, context="m1.1")


def resolved(*layers: Layer) -> Resolved:
    return resolve_text(LESSON, "m1.1", layers)


def chosen(result: Resolved) -> list[tuple[str, str, str]]:
    """Text, tag and state of every piece, in order."""
    return [(choice.text, choice.tag, choice.state) for choice in result.choices]


def names(result: Resolved) -> list[str]:
    """The blocks of the woven lesson, by their opening lines."""
    lines = result.markdown.splitlines()
    return [line[4:] for line in lines if line.startswith("::: ")]


ENGLISH = [
    ("Greeting", "en", "original"),
    ("Greeting is small.", "en", "original"),
    (HERE, "en", "original"),
    ("Greet one person today.", "en", "original"),
    ("If you are in danger", "en", "original"),
    (CLINIC, "en", "original"),
]


def test_without_layers_the_text_is_what_its_author_wrote() -> None:
    result = resolved()
    assert result.markdown == LESSON
    assert chosen(result) == ENGLISH
    assert result.changes == ()


def test_every_segment_has_one_choice_in_the_order_of_the_page() -> None:
    result = resolved(layer("sw", us="Msalimu mtu mmoja leo.", title="Salamu"))
    assert [choice.source for choice in result.choices] == [each.text for each in extract(LESSON)]
    assert [choice.tag for choice in result.choices] == ["sw", "en", "en", "sw", "en", "en"]


def test_the_nearest_layer_speaks_and_gaps_fall_back_to_its_ancestors() -> None:
    sw = layer("sw", title="Salamu", here="Kisimani, Otieno anasalimu.", us="Msalimu mtu.")
    kenya = layer("sw-KE", here="Kisimani, Wanjiru anasalimu.", us="Msalimu jirani.")
    kibera = layer("sw-KE-x-kibera", here="Bombani, Wanjiru anasalimu.")
    assert chosen(resolved(sw, kenya, kibera)) == [
        ("Salamu", "sw", "draft"),
        ("Greeting is small.", "en", "original"),
        ("Bombani, Wanjiru anasalimu.", "sw-KE-x-kibera", "draft"),
        ("Msalimu jirani.", "sw-KE", "draft"),
        ("If you are in danger", "en", "original"),
        (CLINIC, "en", "original"),
    ]


def test_the_woven_text_holds_the_chosen_words_and_every_other_byte() -> None:
    result = resolved(layer("sw", title="Salamu", here="Kisimani, Otieno anasalimu."))
    expected = LESSON.replace("title: Greeting", "title: Salamu")
    assert result.markdown == expected.replace(HERE, "Kisimani, Otieno anasalimu.")


def test_a_stale_word_is_never_used_and_the_ancestor_speaks_instead() -> None:
    sw = layer("sw", here="Kisimani, Otieno anasalimu.")
    kenya = layer("sw-KE", state="stale", here="Ya zamani.", us="Ya zamani pia.")
    result = resolved(sw, kenya)
    assert result.choices[2] == said(HERE, "Kisimani, Otieno anasalimu.", "sw", "draft")
    assert result.choices[3] == said(
        "Greet one person today.", "Greet one person today.", "en", "original"
    )


def test_an_empty_word_is_no_word() -> None:
    result = resolved(layer("sw", here="Kisimani."), layer("sw-KE", here=""))
    assert result.choices[2].text == "Kisimani."


def test_a_draft_never_speaks_in_a_block_about_safety() -> None:
    result = resolved(layer("sw", clinic="Nenda kituo cha afya.", danger="Ukiwa hatarini"))
    assert chosen(result) == ENGLISH


def test_a_reviewed_word_speaks_in_a_block_about_safety() -> None:
    result = resolved(layer("sw", state="reviewed", clinic="Nenda kituo cha afya."))
    assert result.choices[5] == said(CLINIC, "Nenda kituo cha afya.", "sw", "reviewed")


def test_a_draft_near_by_gives_way_to_a_reviewed_ancestor_where_safety_is_at_stake() -> None:
    sw = layer("sw", state="reviewed", clinic="Nenda kituo cha afya.")
    kenya = layer("sw-KE", clinic="Nenda dispensari.")
    assert resolved(sw, kenya).choices[5] == said(CLINIC, "Nenda kituo cha afya.", "sw", "reviewed")


def test_words_of_another_lesson_are_not_borrowed() -> None:
    elsewhere = Layer("sw", {("m1.2", HERE): Word("Kwingine.", "draft")})
    assert chosen(resolved(elsewhere)) == ENGLISH


def test_a_block_is_replaced_by_the_text_of_its_layer() -> None:
    put = change("replace", block="here", text="\n::: here\nKwenye benchi.\n:::\n")
    result = resolved(layer("sw", here="Kisimani."), layer("sw-KE", put))
    assert result.choices[2] == said("Kwenye benchi.", "Kwenye benchi.", "sw-KE", "draft")
    assert names(result) == [
        "idea",
        "here",
        "us",
        "support safety=helpline If you are in danger",
    ]
    assert HERE not in result.markdown
    assert result.changes == ("sw-KE:record",)


def test_a_block_is_added_behind_another_and_both_stay() -> None:
    put = change("add", after="idea", text="::: here Methali\nUmoja ni nguvu.\n:::\n")
    result = resolved(layer("sw-KE", put))
    assert names(result)[:3] == ["idea", "here Methali", "here"]
    assert [choice.text for choice in result.choices][:5] == [
        "Greeting",
        "Greeting is small.",
        "Methali",
        "Umoja ni nguvu.",
        HERE,
    ]
    assert [choice.tag for choice in result.choices][:5] == ["en", "en", "sw-KE", "sw-KE", "en"]


def test_a_block_is_left_out_with_its_segments() -> None:
    result = resolved(layer("sw-KE", change("omit", block="us")))
    assert chosen(result) == ENGLISH[:3] + ENGLISH[4:]
    assert names(result) == ["idea", "here", "support safety=helpline If you are in danger"]


def test_blocks_change_along_the_chain_and_all_that_was_used_is_told() -> None:
    add = change("add", "proverb", after="idea", text="::: here\nUmoja ni nguvu.\n:::\n")
    omit = change("omit", "shorter", block="us")
    result = resolved(layer("sw", add), layer("sw-KE"), layer("sw-KE-x-kibera", omit))
    assert [choice.text for choice in result.choices] == [
        "Greeting",
        "Greeting is small.",
        "Umoja ni nguvu.",
        HERE,
        "If you are in danger",
        CLINIC,
    ]
    assert result.changes == ("sw:proverb", "sw-KE-x-kibera:shorter")


def test_the_leaf_has_the_last_word_about_a_block() -> None:
    ancestor = change("replace", "old", block="here", text="::: here\nSokoni.\n:::\n")
    leaf = change("replace", "new", block="here", text="::: here\nBombani.\n:::\n")
    result = resolved(layer("sw", ancestor), layer("sw-KE", leaf))
    assert result.choices[2] == said("Bombani.", "Bombani.", "sw-KE", "draft")
    assert "Sokoni." not in result.markdown


def test_a_replaced_block_is_not_put_in_the_words_of_its_ancestors() -> None:
    same = change("replace", block="here", text=f"::: here\n{HERE}\n:::\n")
    result = resolved(layer("sw", here="Kisimani, Otieno anasalimu."), layer("sw-KE", same))
    assert result.choices[2] == said(HERE, HERE, "sw-KE", "draft")


def test_a_replaced_block_is_not_put_in_other_words_of_its_own_layer() -> None:
    same = change("replace", block="here", text=f"::: here\n{HERE}\n:::\n")
    result = resolved(layer("sw-KE", same, here="Kisimani, Wanjiru anasalimu."))
    assert result.choices[2] == said(HERE, HERE, "sw-KE", "draft")


def test_a_nearer_place_may_put_a_replaced_block_in_its_own_words() -> None:
    put = change("replace", block="here", text="::: here\nKwenye benchi.\n:::\n")
    kibera = Layer("sw-KE-x-kibera", {("m1.1", "Kwenye benchi."): Word("Kwa benchi.", "draft")})
    result = resolved(layer("sw-KE", put), kibera)
    assert result.choices[2] == said("Kwenye benchi.", "Kwa benchi.", "sw-KE-x-kibera", "draft")


def test_a_draft_neither_replaces_nor_removes_a_block_about_safety() -> None:
    for each in (
        change("omit", block="support"),
        change("replace", block="support", text="::: support\nOmba.\n:::\n"),
    ):
        result = resolved(layer("sw-KE", each))
        assert result == resolved()


def test_a_draft_adds_no_block_about_safety() -> None:
    text = "::: support safety=law\nSheria mpya.\n:::\n"
    assert resolved(layer("sw-KE", change("add", after="us", text=text))) == resolved()


def test_a_reviewed_change_may_touch_a_block_about_safety() -> None:
    text = "::: support safety=helpline\nNenda kituo.\n:::\n"
    put = change("replace", state="reviewed", block="support", text=text)
    result = resolved(layer("sw-KE", put))
    assert result.choices[4:] == (said("Nenda kituo.", "Nenda kituo.", "sw-KE", "reviewed"),)
    assert result.changes == ("sw-KE:record",)


def test_a_change_that_finds_no_block_changes_nothing_and_is_not_told() -> None:
    assert resolved(layer("sw-KE", change("omit", block="meet"))) == resolved()


def test_a_change_of_another_lesson_changes_nothing_here() -> None:
    assert resolved(layer("sw-KE", change("omit", block="us", lesson="m1.2"))) == resolved()


def test_putting_blocks_in_another_order_loses_none_of_them() -> None:
    result = resolved(layer("sw-KE", change("reorder", block="us", after="idea")))
    assert sorted(chosen(result)) == sorted(ENGLISH)


def test_an_added_draft_that_speaks_of_safety_inside_is_held_back() -> None:
    text = ":::: here\n::: note safety=suicide\nMaisha yakiwa mazito.\n:::\n::::\n"
    assert resolved(layer("sw-KE", change("add", after="us", text=text))) == resolved()
