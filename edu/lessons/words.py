"""The interface's own words inside a lesson, marked for the catalogues and looked up late."""

from collections.abc import Callable
from html import escape

#: Looks up one message in the reader's language; the identity function gives English.
Words = Callable[[str], str]


def N_(message: str) -> str:
    """Mark a message for extraction and leave it as it is."""
    return message


#: What a block is called when its author gave no title.
BLOCK_TITLES = {
    "idea": N_("The idea"),
    "here": N_("Around here"),
    "meet": N_("Meet someone"),
    "do": N_("Try it"),
    "check": N_("Look back"),
    "us": N_("One step"),
    "support": N_("Where to find support"),
    "facilitator": N_("For whoever leads a group"),
}

# The check: no marks, any number of tries.
CHOOSE = N_("Choose an answer to see what it leads to. Nothing is sent or counted.")
GOOD_ANSWER = N_("A good answer")
LOOK_AGAIN = N_("Look again")

# Cards to sort or to match.
SORT_HOW = N_("Choose a place for each card. Your choices stay on this page.")
MATCH_HOW = N_("Choose one for each. Your choices stay on this page.")
OTHERS_SAY = N_("What others often say")

# The board of two lines.
BOARD_HOW = N_("Answer both questions. A dot shows where the two answers meet.")
MOMENT = N_("%(name)s: %(number)s of %(total)s")
HOW_MUCH_ILLNESS = N_("How much illness or distress?")
HOW_MUCH_WELLBEING = N_("How much wellbeing?")
ILLNESS_LEVELS = (
    N_("none"),
    N_("a little"),
    N_("some"),
    N_("much"),
    N_("very much"),
)
WELLBEING_LEVELS = (
    N_("very low"),
    N_("low"),
    N_("in the middle"),
    N_("high"),
    N_("very high"),
)
ILLNESS_AXIS = N_("Illness or distress")
WELLBEING_AXIS = N_("Wellbeing")
#: The quarters by (much illness?, much wellbeing?).
QUARTERS = {
    (False, True): N_("Little illness, much wellbeing"),
    (True, True): N_("Much illness, much wellbeing"),
    (False, False): N_("Little illness, little wellbeing"),
    (True, False): N_("Much illness, little wellbeing"),
}
BETWEEN = N_("Somewhere in between")
ONE_WAY = N_("One way to see it")

# A plan to write.
PLAN_HOW = N_("Write for yourself. Nothing is kept or sent; you can print this page.")

# Something to open, and a table that may be wider than the screen.
SHOW = N_("Show")
TABLE = N_("Table")

# A story.
FICTIONAL = N_("Fictional composite")
FICTIONAL_MEANS = N_("A story put together from many lives. This is not one real person.")
RECORDED = N_("A real person's story")
RECORDED_MEANS = N_("Told and shared with consent.")
LISTEN = N_("Listen (%(size)s KB)")
WATCH = N_("Watch (%(size)s KB)")
LISTEN_PLAIN = N_("Listen")
WATCH_PLAIN = N_("Watch")

# A film that a partner brought.
SAID_IN_FILM = N_("What is said in the film")
FILM_WAITS = N_("This film is being made small for phones. Look again in a few minutes.")


def say(words: Words, message: str) -> str:
    """A message in the reader's language, safe to put between tags."""
    return escape(words(message))
