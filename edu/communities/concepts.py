"""The concepts that every community needs a word for, before the first lesson is translated.

A sentence can be no better than its words: where *mental health* came out as "services for mad
people", every lesson did. So a place agrees on these first, and then translates.
"""

from collections.abc import Mapping


def N_(message: str) -> str:
    """Mark a message for extraction and leave it as it is."""
    return message


#: By id, with the English meaning that a term should have. The order is that of the page.
CONCEPTS: Mapping[str, str] = {
    "mental-health": N_("How we feel, think and get on with others. Everybody has it."),
    "wellbeing": N_(
        "Living well: feeling all right, able to do what one needs to, part of others."
    ),
    "distress": N_("Pain or trouble inside, when life is hard. It need not be an illness."),
    "mental-illness": N_("An illness of feeling or thinking that makes daily life hard."),
    "stigma": N_(
        "Being thought less of, pushed away or treated badly because of what one lives with."
    ),
    "recovery": N_("Finding a good life again, with or without signs of the illness."),
    "promotion": N_("Making what keeps people well stronger, for everybody."),
    "prevention": N_("Keeping trouble from beginning, or from growing."),
    "care": N_("Help that a person gets from others: family, neighbours, health workers."),
    "lived-experience": N_("Knowing something because one has been through it."),
    "substance-use": N_("A person who uses alcohol or other drugs; the person, not the use."),
    "suicide": N_("Ending one's own life, said without blame: she died by suicide."),
    "suicide-attempt": N_("Trying to end one's life and living on, said without blame."),
    "confidentiality": N_("What is told here is not passed on."),
    "consent": N_("Saying yes freely, after understanding, and being able to take it back."),
    "counsellor": N_("Somebody trained to listen and to help people think."),
    "lay-health-worker": N_("A neighbour who was trained to help with health."),
    "strengths": N_("What a person is good at and can build on."),
    "goal": N_("Something a person wants to reach."),
    "safe-space": N_("A place where one can speak without fear."),
    "resilience": N_("Coming through hard times, together with others."),
    "carer": N_("Somebody who looks after a relative or a friend."),
    "rights": N_("What everybody may ask for, because they are a human being."),
    "dementia": N_("An illness of older people: memory and thinking grow weaker."),
    "psychosis": N_("A time in which somebody hears, sees or believes what others do not."),
    "depression": N_("A heavy sadness or emptiness that stays for weeks and takes strength."),
    "anxiety": N_("Fear or worry that stays and makes daily life hard."),
    "epilepsy": N_("An illness with fits. It is not catching, and it is not madness."),
    "discrimination": N_("Being refused what others get: work, a room, care, a vote."),
    "community": N_("The people with whom one shares a place or a life."),
}

#: How the English lessons say a concept. Words that English also uses for something else, such as
#: *care* or *rights*, are left out: a reminder at every turn is soon not read any more.
SOURCE_FORMS: Mapping[str, tuple[str, ...]] = {
    "mental-health": ("mental health",),
    "wellbeing": ("wellbeing", "well-being"),
    "distress": ("distress",),
    "mental-illness": ("mental illness", "mental illnesses", "mental ill health"),
    "stigma": ("stigma",),
    "recovery": ("recovery",),
    "promotion": ("promotion",),
    "prevention": ("prevention",),
    "lived-experience": ("lived experience",),
    "substance-use": ("person who uses substances", "people who use substances"),
    "suicide": ("suicide",),
    "suicide-attempt": ("suicide attempt", "suicide attempts", "attempted suicide"),
    "confidentiality": ("confidentiality", "confidential"),
    "consent": ("consent",),
    "counsellor": ("counsellor", "counsellors"),
    "lay-health-worker": ("lay health worker", "lay health workers"),
    "strengths": ("strengths",),
    "goal": ("goal", "goals"),
    "safe-space": ("safe space", "safe spaces"),
    "resilience": ("resilience",),
    "carer": ("carer", "carers"),
    "rights": ("human rights",),
    "dementia": ("dementia",),
    "psychosis": ("psychosis",),
    "depression": ("depression",),
    "anxiety": ("anxiety",),
    "epilepsy": ("epilepsy",),
    "discrimination": ("discrimination",),
    "community": ("community", "communities"),
}
