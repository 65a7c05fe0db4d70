"""Edits of a source are classed, and only those that change nothing are carried over."""

import pytest

from edu.editions.drift.classing import Edit, carry, classify
from edu.editions.drift.differences import Part
from edu.editions.drift.wording_differences import three_way

#: Edits that leave a translation right: addresses, case, punctuation, white space, typography.
TRIVIAL = [
    ("See [the guide](https://a.example/1).", "See [the guide](https://b.example/2)."),
    ("See [the guide](http://a.example/).", "See [the guide](https://a.example/)."),
    ("See [the guide](../support/).", "See [the guide](/support/#talk)."),
    ("See <https://a.example/old>.", "See <https://a.example/new>."),
    ("Read https://a.example/old today.", "Read https://a.example/new today."),
    ("![A well](well.png)", "![A well](pictures/well.png)"),
    ("[One](/a) and [two](/b).", "[One](/c) and [two](/d)."),
    ("[A talk](/a_(1))", "[A talk](/a_(2))"),
    ("Greet her first.", "Greet her first"),
    ("Greet her first", "Greet her first."),
    ("Well done!", "Well done."),
    ("Choose one:", "Choose one"),
    ("Tea, bread and salt.", "Tea, bread, and salt."),
    ("She came, and he stayed.", "She came and he stayed."),
    ("He waited, but nobody came.", "He waited but nobody came."),
    ("In the evening they talk.", "In the evening, they talk."),
    ("When the rain stops, we walk.", "When the rain stops we walk."),
    ("Sometimes, a friend helps.", "Sometimes a friend helps."),
    ("She laughed; he smiled.", "She laughed. He smiled."),
    ("She laughed — he smiled.", "She laughed; he smiled."),
    ("Remember: people heal.", "Remember — people heal."),
    ('He said "come in".', "He said \u201ccome in\u201d."),
    ("He said 'come in'.", 'He said "come in".'),
    ('He said "come in."', 'He said "come in".'),
    ("It's Ada's stool.", "It\u2019s Ada\u2019s stool."),
    ("From 5-7 people.", "From 5\u20137 people."),
    ("The mother-child bond.", "The mother\u2013child bond."),
    ("A word - a door.", "A word \u2014 a door."),
    ("A word -- a door.", "A word \u2013 a door."),
    ("Wait...", "Wait\u2026"),
    ("Two  words", "Two words"),
    ("Two\nlines here", "Two lines\nhere"),
    ("A line\\\nbroken", "A line broken"),
    ("Say *hello* first.", "Say _hello_ first."),
    ("Say **hello** first.", "Say __hello__ first."),
    ("**Listen.** Then ask.", "**Listen**. Then ask."),
    ("A well\\-known song", "A well-known song"),
    ("Make People Feel Welcome", "Make people feel welcome"),
    ("the first step", "The first step"),
    ("Read the Readme file", "Read the README file"),
    ("We use Github here", "We use GitHub here"),
    ("Bread, salt, etc. are sold here.", "Bread, salt, etc are sold here."),
    ("She said i am here.", "She said I am here."),
    ("A caf\u00e9 nearby", "A cafe\u0301 nearby"),
    ("Five mg.", "Five mg"),
    ("polish the stool.", "Polish the stool."),
]

WORDING = [
    ("She sits down beside him.", "She takes a seat beside him."),
    ("Talk with a friend.", "Talk to a friend."),
    ("Its roof leaks.", "It's roof leaks."),
    ("We were tired.", "We're tired."),
    ("Eats, shoots and leaves.", "Eats shoots and leaves."),
    ("Come and eat, Grandma.", "Come and eat Grandma."),
    ("People, who listen, heal.", "People who listen heal."),
    ("To help others, call out.", "To help others call out."),
    ("However, you feel it.", "However you feel it."),
    ("The healer spoke.", 'The "healer" spoke.'),
    ("Bring a (grown) friend.", "Bring a grown friend."),
    ("You can *listen*.", "You can listen."),
    ("She came **early**.", "She came *early*."),
    ("Ada, the nurse, came.", "Ada; the nurse; came."),
    ("A word\u2014a door.", "A word-a door."),
    ("Re-sign the paper.", "Resign the paper."),
    ("A man eating fish.", "A man-eating fish."),
    ("The users' stools.", "The user's stools."),
    ("If you call, your sister listens.", "If you call your sister, listens."),
    ("A friend came", "A freind came"),
    ("The cat sat. On the mat it slept.", "The cat sat on the mat. It slept."),
    ("I went home because it rained.", "I went home, because it rained."),
]

FACT = [
    ("One in 4 people.", "One in 40 people."),
    ("In 1,000 homes.", "In 1.000 homes."),
    ("In 1.5 days.", "In 15 days."),
    ("About 5 people came", "About -5 people came"),
    ("Three people came.", "Five people came."),
    ("She wins twenty-four times.", "She wins twenty four times."),
    ("50 % heal.", "50 heal."),
    ("He can't sing.", "He can sing."),
    ("He can sing.", "He cannot sing."),
    ("He does not sing.", "He does sing."),
    ("You may sing.", "You must sing."),
    ("You should sing.", "You could sing."),
    ("She always sings.", "She never sings."),
    ("All people sing.", "Some people sing."),
    ("Most people heal.", "Few people heal."),
    ("Otieno greets Ada.", "Otieno greets Wanjiru."),
    ("Ask Ada or Bayo.", "Ask Ada and Bayo."),
    ("You sing.", "You sing?"),
    ("Really?", "Really!"),
    ("Tell us more.", "Tell US more."),
    ("She will polish it.", "She will Polish it."),
    ("People who sing", "People WHO sing"),
    ("Go in may.", "Go in May."),
    ("They sent aids.", "They sent AIDS."),
    ("People help every day.", "People help everyday."),
    ("Walk 5 M more.", "Walk 5 m more."),
    ("They met Hope there.", "They met hope there."),
    ("See [the guide](/a).", "See the guide."),
    ("See the guide.", "See [the guide](/a)."),
    ("See [the guide](/a).", "See [the list](/a)."),
    ("See [the guide](/a).", "[See the guide](/a)."),
    ("Press `Enter` now.", "Press `enter` now."),
    ("Press `a.b` now.", "Press `a,b` now."),
    ("Tea \U0001f642", "Tea \U0001f622"),
    ("![A well](a.png) Here.", "Here."),
    ("Greet {Name} first.", "Greet {name} first."),
    ("Salt & tea", "Salt + tea"),
    ("No, stay.", "No stay."),
]

SAFETY = [
    ("Call 112 now.", "Call 113 now."),
    ("Ring [the helpline](tel:112).", "Ring [the helpline](tel:113)."),
    ("Write to [us](mailto:a@b.example).", "Write to [us](mailto:c@b.example)."),
    ("Write [a message](sms:12345).", "Write [a message](sms:54321)."),
    ("Call a friend.", "Visit a friend."),
    ("Visit a friend.", "Call a friend."),
    ("Do not stop the tablets.", "Stop the tablets."),
    ("Take 5 mg at night.", "Take 50 mg at night."),
    ("Take 5 Mg of salt.", "Take 5 mg of salt."),
    ("Take one pill.", "Take two pills."),
    ("This is against the law.", "This is against the rules."),
    ("It is legal here.", "It is illegal here."),
    ("Go to a hospital at once.", "Go to a healer at once."),
    ("This is an emergency.", "This is a hard day."),
    ("Never be alone with poison.", "Always be alone with poison."),
    ("The number is 0800 123456.", "The number is 0800 654321."),
    ("Reach me under 5551234.", "Reach me under 5554321."),
    ("She is not suicidal.", "She is suicidal."),
]

LABELLED = [
    *((old, new, Edit.TRIVIAL) for old, new in TRIVIAL),
    *((old, new, Edit.WORDING) for old, new in WORDING),
    *((old, new, Edit.FACT) for old, new in FACT),
    *((old, new, Edit.SAFETY) for old, new in SAFETY),
]


@pytest.mark.parametrize(("old", "new", "edit"), LABELLED)
def test_an_edit_is_classed_by_what_it_does_to_a_reader(old: str, new: str, edit: Edit) -> None:
    assert classify(old, new) is edit


@pytest.mark.parametrize(("old", "new", "edit"), LABELLED)
def test_an_edit_taken_back_is_as_trivial_as_the_edit(old: str, new: str, edit: Edit) -> None:
    assert (classify(new, old) is Edit.TRIVIAL) == (edit is Edit.TRIVIAL)


@pytest.mark.parametrize(("old", "new"), [(old, new) for old, new, _ in LABELLED])
def test_in_a_block_marked_for_safety_every_edit_that_is_not_trivial_counts(
    old: str, new: str
) -> None:
    trivial = classify(old, new) is Edit.TRIVIAL
    assert classify(old, new, safety="suicide") is (Edit.TRIVIAL if trivial else Edit.SAFETY)


@pytest.mark.parametrize(("old", "new", "edit"), LABELLED)
def test_what_is_made_from_the_source_word_for_word_is_carried_over_where_the_edit_is_trivial(
    old: str, new: str, edit: Edit
) -> None:
    carried = carry(old, new, old)
    if edit is not Edit.TRIVIAL:
        assert carried is None
    else:
        assert carried is not None
        assert classify(carried, new) is Edit.TRIVIAL


@pytest.mark.parametrize(
    ("old", "new", "target", "carried"),
    [
        ("Greet her", "Greet her.", "Msalimie", "Msalimie"),
        ("[A](/x)", "[A](/y)", "[Aa](/x)", "[Aa](/y)"),
        ("[A](/x)", "[A](/y)", '[Aa](</x> "kichwa")', '[Aa](</y> "kichwa")'),
        ("[A](/x) [B](/y)", "[A](/y) [B](/x)", "[Bb](/y) na [Aa](/x)", "[Bb](/x) na [Aa](/y)"),
        ("[A](/x) [B](/x)", "[A](/y) [B](/y)", "[Aa](/x), [Bb](/x)", "[Aa](/y), [Bb](/y)"),
        ("[A](/x)", "[A](/y)", "`](/x)` [Aa](/x)", None),
        ("[A](/x)", "[A](/y)", "Aa", None),
        ("[A](/x)", "[A](/y)", "[Aa](/sw/x)", None),
        ("[A](/x)", "[A](/y)", "[Aa](/x) [tena](/x)", None),
        ("[A](/x) [B](/x)", "[A](/y) [B](/x)", "[Aa](/x) [Bb](/x)", None),
        ("[A](https://a.example)", "[A](https://b.example)", "[Aa](https://a.example/sw)", None),
        (
            "[A](https://a.example) https://a.example/2.",
            "[A](https://b.example) https://a.example/2.",
            "https://a.example/2, [Aa](https://a.example).",
            "https://a.example/2, [Aa](https://b.example).",
        ),
        ("![A](/x.png)", "![A](/y.png)", "![Aa](/kwetu.png)", None),
        ("[A](/x)", "[A](</y z>)", "[Aa](/x)", None),
    ],
)
def test_an_address_is_swapped_only_where_the_target_has_it_as_often(
    old: str, new: str, target: str, carried: str | None
) -> None:
    assert carry(old, new, target) == carried


@pytest.mark.parametrize(
    ("tag", "old", "new", "edit"),
    [
        ("es", "Es el estado.", "Es el Estado.", Edit.FACT),
        ("es", "Hola, amigo.", "Hola amigo.", Edit.WORDING),
        ("es", "«Hola»", "\u201cHola\u201d", Edit.TRIVIAL),
        ("fr", "Ça va\u202f!", "Ça va !", Edit.TRIVIAL),
        ("hi", "वह आता है।", "वह आता है", Edit.TRIVIAL),
        ("hi", "वह आता है।", "वह आती है।", Edit.WORDING),
        ("hi", "क्‍या", "क्या", Edit.WORDING),
        ("ar", "هل جاء؟", "هل جاء.", Edit.FACT),
        ("yo", "ọkọ̀", "ọkọ", Edit.WORDING),
        ("sw", "Piga 116 sasa.", "Piga 117 sasa.", Edit.FACT),
        ("sw", "[Soma](/a) leo.", "[Soma](/b) leo.", Edit.TRIVIAL),
    ],
)
def test_outside_english_only_what_is_the_same_everywhere_is_trivial(
    tag: str, old: str, new: str, edit: Edit
) -> None:
    assert classify(old, new, tag=tag) is edit


def test_a_text_is_no_edit_of_itself() -> None:
    assert classify("Call 112.", "Call  112.", safety="helpline") is Edit.TRIVIAL


def _shown(parts: list[Part]) -> str:
    return "".join(f"[{part.text}]" if part.new else part.text for part in parts)


@pytest.mark.parametrize(
    ("then", "now", "shown_then", "shown_now"),
    [
        ("She greets him first.", "She greets them first.", "[him]", "[them]"),
        ("Tea, bread and salt", "Tea, bread, and salt", "", "[,]"),
        ("He can't sing", "He can sing", "[can't]", "[can]"),
        ("वह आता है", "वह आती है", "[आता]", "[आती]"),
        ("ọkọ̀ mi", "ọkọ mi", "[ọkọ̀]", "[ọkọ]"),
        ("wait,now", "wait,then", "[now]", "[then]"),
        ("one two three", "one four five", "[two three]", "[four five]"),
    ],
)
def test_the_difference_shows_whole_words_and_signs(
    then: str, now: str, shown_then: str, shown_now: str
) -> None:
    before, after = three_way(then, now)
    marked = ["".join(f"[{p.text}]" for p in parts if p.new) for parts in (before, after)]
    assert marked == [shown_then, shown_now]
    assert "".join(part.text for part in before) == then
    assert "".join(part.text for part in after) == now


def test_a_line_broken_elsewhere_is_no_difference() -> None:
    assert [_shown(parts) for parts in three_way("one\ntwo", "one two")] == ["one\ntwo", "one two"]
