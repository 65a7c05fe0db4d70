"""The names of the concepts of a glossary, in the language of the page."""

from flask_babel import gettext as _


def concept_name(slug: str) -> str:
    """What a concept is called; one that a community added itself has its own name."""
    return {
        "mental-health": _("Mental health"),
        "wellbeing": _("Wellbeing"),
        "distress": _("Distress"),
        "mental-illness": _("Mental illness"),
        "stigma": _("Stigma"),
        "recovery": _("Recovery"),
        "promotion": _("Promotion"),
        "prevention": _("Prevention"),
        "care": _("Care"),
        "lived-experience": _("Lived experience"),
        "substance-use": _("A person who uses substances"),
        "suicide": _("Suicide, said without blame"),
        "suicide-attempt": _("Suicide attempt, said without blame"),
        "confidentiality": _("Confidentiality"),
        "consent": _("Consent"),
        "counsellor": _("Counsellor"),
        "lay-health-worker": _("Lay health worker"),
        "strengths": _("Strengths"),
        "goal": _("Goal"),
        "safe-space": _("Safe space"),
        "resilience": _("Resilience"),
        "carer": _("Carer"),
        "rights": _("Rights"),
        "dementia": _("Dementia"),
        "psychosis": _("Psychosis"),
        "depression": _("Depression"),
        "anxiety": _("Anxiety"),
        "epilepsy": _("Epilepsy"),
        "discrimination": _("Discrimination"),
        "community": _("Community"),
    }.get(slug, slug.replace("-", " "))
