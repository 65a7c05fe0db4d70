import re
from pathlib import Path

import pytest

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
CONTENT = Path(__file__).parents[2] / "content"

_EXAMPLE = re.compile(r"^`{32} example\n(.*?)^\.\n(.*?)^`{32}$", re.M | re.S)


def _corpus() -> Path:
    if not CORPUS.is_dir():
        pytest.skip("the corpus of other projects' Markdown is not beside this project")
    return CORPUS


@pytest.fixture(scope="session")
def corpus() -> dict[str, str]:
    """Every text of the corpus (the specification is one), with its line ends as they are."""
    files = [path for path in sorted(_corpus().iterdir()) if path.suffix != ".tsv"]
    return {path.name: path.read_bytes().decode("utf-8") for path in files}


@pytest.fixture(scope="session")
def examples() -> list[str]:
    """The Markdown of every example of the CommonMark specification."""
    text = (_corpus() / "commonmark-spec.txt").read_text("utf-8")
    return [markdown.replace("→", "\t") for markdown, _ in _EXAMPLE.findall(text)]


@pytest.fixture
def lesson() -> str:
    """A lesson with every form in which a segment can stand."""
    return LESSON


LESSON = """\
---
title: Us, not them
summary: "Hard times: they touch most families."
minutes: 9
message: >
  Most people find
  a life they value again.
story:
  teller: 'A woman who sells vegetables'
  consent: fictional-composite
extra: {title: Nested, order: 1}
---

::: idea
Some words with **weight** and
a second line.\\
After a break.

> - A quoted item
>   that goes on.

Underlined
----------

### A heading ###
:::

:::: do Sort the words
::: sort
- One bin

1. A card
   > What others say
:::
::::

::: check
1. Which sentence puts the person first?
   - [x] She lives with depression.
     > Yes. The person comes first.
   - [ ] Yes
     > Try again.
2. Is it a choice?
   - [x] Yes
     > Not quite.
   - [ ] No
     > Right.
:::

::: us safety=helpline Where to find support
A | B
---|:--
Yes | Yes
| a \\| b | `c` |

[ref]: /somewhere "Kept"
:::
"""
