"""Files of instruments as an author writes them, for tests that break them line by line."""

HEAD = """\
id = "form"
version = 1
kind = "attitude"
title = "What people think"
introduction = "Some people say these things."
closing = "Thank you."
validated = false
licence = "CC BY 4.0"
source = "Made for a test."
modules = []
on = true
higher_means = "better"
minimum_answered = 0.8
"""  # 13 lines
SCALE = """\
[[scales]]
id = "contact"
title = "Contact"
more = "closer"
less = "less close"
"""  # lines 14-18
OPTIONS = """\
[[options]]
code = "1"
label = "No"
score = 1
[[options]]
code = "2"
label = "Yes"
score = 2
"""  # lines 19-26
ITEM = """\
[[items]]
id = "contact-1"
scale = "contact"
reverse = false
text = "I would sit beside her."
"""  # lines 27-31
FORM = HEAD + SCALE + OPTIONS + ITEM
KNOWLEDGE_HEAD = HEAD.replace("attitude", "knowledge")
KNOWLEDGE = (
    KNOWLEDGE_HEAD
    + """\
[[items]]
id = "k1"
text = "Which?"
lesson = "m1.1"
[[items.options]]
code = "a"
label = "This"
correct = true
[[items.options]]
code = "b"
label = "That"
correct = false
"""
)  # lines 14-25


def another_item(number, **changes):
    """One more item of five lines and a blank one."""
    values = {"scale": '"contact"', "reverse": "false"} | changes
    lines = [f"{name} = {value}" for name, value in values.items()]
    return "\n".join(["[[items]]", f'id = "contact-{number}"', *lines, 'text = "T."', ""])
