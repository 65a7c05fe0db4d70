"""The smallest lesson without a mistake, and ways to break it in one place."""

LESSON = """\
---
title: Us
summary: More alike than different.
minutes: 9
message: Most people find a life they value again.
life_stage: [adult]
rings: [person]
constructs: [EM]
---

::: idea
IDEA
:::

::: here
At the well.
:::

:::: do Try this
::: reveal Look
Behind it.
:::
::::

::: check
1. Which?
   - [x] This.
     > Yes.
   - [ ] That.
     > Not quite.
2. And here?
   - [ ] That.
     > Not quite.
   - [x] This.
     > Yes.
:::

::: us
Greet somebody.
:::

::: facilitator
Ten minutes.
:::
""".replace("IDEA", "\n".join(["We are many and we are here."] * 20))

MODULE = """\
title = "Everyone"
summary = "How alike we are."
order = 1
minutes = 9
tracks = ["T1"]
constructs = ["EM"]
licence = "CC BY 4.0"
"""

PAGE = """\
---
title: Support
summary: What you can do now.
---

## Now

::: note safety=helpline At any hour
Go to a person you trust.
:::
"""

STORY = """\
story:
  teller: Amina, who sings
  consent: fictional-composite
"""


def changed(old: str, new: str, text: str = LESSON) -> str:
    """The text with `old` replaced once; `old` must be there."""
    assert text.count(old) >= 1, old
    return text.replace(old, new, 1)


def with_story(extra: str = "") -> str:
    told = changed("constructs: [EM]\n", f"constructs: [EM]\n{STORY}{extra}")
    return changed(":::: do", "::: meet\nI sing.\n:::\n\n:::: do", told)


def with_widget(widget: str) -> str:
    return changed("::: reveal Look\nBehind it.\n:::", widget)


def with_idea(text: str) -> str:
    return changed("We are many and we are here.", text)


def line_of(part: str, text: str) -> int:
    """The line, from 1, on which a part of a text begins."""
    return text[: text.index(part)].count("\n") + 1
