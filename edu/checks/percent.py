"""Per cent: a share stays a share, by sign or by word."""

import re
from collections.abc import Iterator

from edu.checks.finding import Finding, blocks
from edu.checks.placeholders import bare
from edu.checks.reading import Side
from edu.lessons.words import N_

_PERCENT_LOST = N_("The source speaks of per cent, and here no per cent sign or word was found.")
_PERCENT_NEW = N_("The source has no per cent. Please look at the sign %% again.")

PERCENT = re.compile(r"[%٪]|‰")
ENGLISH_PERCENT = re.compile(r"\bper\s?cent(?:age)?\b|\bin (?:a|every) hundred\b", re.IGNORECASE)
_PERCENT_WORDS = re.compile(
    r"asilimia|per\s?cent|por ciento|porcentaje|pour cent|pourcentage|pros[ec]?ent|procent|प्रतिशत|"
    r"फ़ीसदी|फीसदी|टक्के|சதவீத|சதவிகித|விழுக்காடு|சத வீத|සියයට|ප්‍රතිශත|بالمئة|بالمائة|في المئة|"
    r"في المائة|فيصد|فیصد|المئة|المائة|kashi|cikin ɗari|cikin dari|ìdá|ninu ọgọ́rùn|ọgọ́rùn|"
    r"pasent|pesenti|peresenti|zana|hundred|"
    r"ceud|sa cheud|muzana|pa mwanda|khulu|narị|iphesenti|ekhulwini|amaphesenti|per sent",
    re.IGNORECASE,
)


def check_percent(source: Side, target: Side) -> Iterator[Finding]:
    if not PERCENT.search(source.visible + target.visible):
        return
    ours = len(PERCENT.findall(bare(source.visible)))
    theirs = len(PERCENT.findall(bare(target.visible)))
    words = len(_PERCENT_WORDS.findall(target.visible))
    if theirs + words < ours:
        yield blocks("percent", _PERCENT_LOST)
    elif theirs > ours and not ENGLISH_PERCENT.search(source.visible):
        parts = re.search(r"\b(?:half|quarter|third)", source.visible, re.IGNORECASE)
        if ours or not parts:
            yield blocks("percent", _PERCENT_NEW)
