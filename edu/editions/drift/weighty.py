"""English words that carry weight: what an edit of one of them may do to a reader."""

from functools import lru_cache


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Whom to turn to, what to take, what the law says, what may kill.
SAFETY = _words(
    "call dial phone ring telephone hotline helpline lifeline number emergency emergencies "
    "urgent urgently immediately ambulance police hospital dose doses dosage overdose mg ml mcg "
    "gram grams tablet tablets pill pills medicine medicines medication medications injection "
    "drug drugs poison poisons pesticide pesticides law laws lawful legal legally illegal crime "
    "criminal court arrest arrested prison police rights suicide suicidal self-harm harm harmed "
    "kill kills killed die dies died dying dead death deaths danger dangers dangerous dangerously "
    "safe safely safety unsafe bleed bleeding breathe breathing unconscious pregnant pregnancy "
    "weapon weapons knife gun fire seizure seizures fit fits withdrawal abuse abused violence "
    "violent threat threats threatens consent"
)
_SAFETY_STEMS = ("suicid", "overdos", "emergenc", "helpline", "hotline", "poison", "medicat")

#: Yes or no, may or must, all or some: small words that turn a sentence round.
TURNING = _words(
    "no not never none nobody nothing nowhere neither nor without cannot hardly scarcely barely "
    "unless except may might must should shall can could will would ought need needs "
    "always often sometimes usually rarely seldom only all every each everybody everyone "
    "everything some somebody someone any anybody anyone most many much few several both either "
    "less more least fewer before after until if or yes stop start allowed forbidden required "
    "optional"
)

#: Numbers in words.
NUMBERS = _words(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty "
    "ninety hundred hundreds thousand thousands million millions billion billions half halves "
    "third thirds quarter quarters first second once twice thrice double dozen percent per day "
    "days week weeks month months year years hour hours minute minutes daily weekly monthly"
)

#: Other words with a capital, or with capitals only, than without.
CASE_TELLS = _words(
    "us it who aids polish may march august china turkey job mass catholic god pin act sad care "
    "hope grace joy faith patience mercy gift blessing precious memory comfort innocent wisdom "
    "prudence charity beauty loveness happiness goodness sunday friday will mark rose bill frank "
    "art sue pat rob jack drew earnest nice reading lent earth state church bible bank summer "
    "autumn spring april june dawn eve ray guy miles rich chase hunter mason carter cook baker "
    "smith king queen prince bishop dean pope lord lady father mother chad niger mali jordan "
    "cuba guinea panama java ghost spirit trinity conservative liberal democrat labour green "
    "republican met arm ice ward black white titan swede scot finn dane pole "
    "danish finish lima said bath boxer web apple windows word"
)

#: Adverbs that may open a sentence with or without a comma behind them.
OPENING_ADVERBS = _words(
    "finally also sometimes usually often today tomorrow yesterday therefore thus meanwhile "
    "otherwise unfortunately fortunately eventually currently recently lastly additionally "
    "similarly moreover furthermore nevertheless ultimately afterwards firstly secondly"
)
#: What opens a phrase or a clause at the head of a sentence.
OPENING = _words(
    "in on at for if when whenever while once after before as by during from since because "
    "although though until within throughout"
)
#: A comma before these joins what would be joined without it.
JOINING = _words("and or nor but so yet too please etc")
#: Written with a full stop or without.
ABBREVIATIONS = _words("etc vs dr mr mrs ms prof st eg ie approx")


@lru_cache(maxsize=4096)
def is_about_safety(word: str) -> bool:
    """Whether a word, in small letters, is one on which somebody's safety may hang."""
    return word in SAFETY or word.startswith(_SAFETY_STEMS)


@lru_cache(maxsize=4096)
def turns(word: str) -> bool:
    """Whether a word, in small letters, turns a sentence round or limits it."""
    return word in TURNING or word.endswith("n't")
