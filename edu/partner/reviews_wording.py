"""What readers, steps and answers are called where texts are reviewed and released."""

from flask_babel import gettext as _

from edu.editions.publishing import Obstacle, Sort
from edu.editions.review.readiness import Done
from edu.editions.review.rigour import Material, Step


def reader_name(reader: str) -> str:
    """As which reader somebody signs."""
    return {
        "native": _("Somebody who grew up with the language"),
        "lived": _("Somebody with lived experience"),
        "health": _("Somebody who knows health"),
    }[reader]


def material_name(material: Material) -> str:
    """What a part counts as."""
    return {
        Material.INTERFACE: _("Short text around the lessons"),
        Material.LESSON: _("Lesson or page"),
        Material.SECONDARY: _("Questions on what people know"),
        Material.PRIMARY: _("Questions by which change is measured"),
    }[material]


def step_name(step: Step) -> str:
    """What has to be done."""
    return {
        Step.TRANSLATION: _("All texts are translated"),
        Step.BACK_TRANSLATION: _("Somebody else has said them again in English"),
        Step.RECONCILIATION: _("Differences were talked over and resolved"),
        Step.TRY_OUT: _("Local people have tried it"),
        Step.COMMITTEE: _("People were interviewed about each question, or a committee met"),
        Step.READERS: _("The readers have signed"),
    }[step]


def amount(done: Done) -> str:
    """How much of a step there is."""
    return _("%(have)d of %(need)d", have=min(done.have, done.need), need=done.need)


def way_name(way: str) -> str:
    """How a part was tried."""
    return {
        "reading": _("They read it and told in their own words what it says"),
        "interviews": _("They were interviewed about each text"),
        "committee": _("A committee talked it over"),
    }[way]


def question_name(question: str) -> str:
    """What a community is asked of each block."""
    return {
        "understandable": _("Is it easy to understand?"),
        "acceptable": _("Is it all right to say this here?"),
        "relevant": _("Does it fit life here?"),
        "complete": _("Is nothing missing?"),
    }[question]


def answer_name(answer: str) -> str:
    """What may be answered."""
    return {"yes": _("Yes"), "no": _("No"), "doubt": _("Not sure")}[answer]


def refusal(why: str) -> str:
    """Why somebody may not sign."""
    return {
        "author": _("You wrote some of these words, so somebody else must sign for them."),
        "twice": _("You have signed these words already. Nobody signs twice."),
        "taken": _("Somebody has signed these words as this reader already."),
        "changed": _("The words were changed while you read. Please read them once more."),
    }[why]


def obstacle_words(obstacle: Obstacle) -> str:
    """What stands in the way of a release."""
    if obstacle.sort is Sort.STEP and obstacle.step is not None:
        return f"{step_name(obstacle.step.step)}: {amount(obstacle.step)}"
    return {
        Sort.MOVED: _("The English has changed. Somebody must say whether this still fits:"),
        Sort.CHECK: _("A check found a mistake in the words for:"),
        Sort.BLOCK: _("A check found a mistake in a block of your own:"),
        Sort.MEDIA: _(
            "A film is not ready yet, or what was brought is deleted. Wait, or take this back:"
        ),
        Sort.SHAPE: _("Some words would change what the page is made of. Mend them first."),
        Sort.LAW: _("It speaks of suicide, and there is no dated note on the law of this place."),
    }[obstacle.sort]
