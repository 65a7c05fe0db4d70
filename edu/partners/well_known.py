"""Sentences that everybody knows: long as passwords, and yet among the first to be tried."""

import unicodedata

#: Fewer letters than these beside a known sentence do not make it hard to guess.
_FEW = 6

_SENTENCES = (
    # From talk about passwords.
    *("correct horse battery staple", "open sesame", "let me in please", "this is my password"),
    *("my password is secret", "change me please", "trust no one", "i forgot my password"),
    # What many say, sing or were taught.
    *("to be or not to be", "that is the question", "once upon a time", "happy birthday to you"),
    *("the quick brown fox", "jumps over the lazy dog", "twinkle twinkle little star"),
    *("how i wonder what you are", "mary had a little lamb", "humpty dumpty sat on a wall"),
    *("may the force be with you", "live long and prosper", "winter is coming", "let it be"),
    *("we are the champions", "we will rock you", "all you need is love", "yes we can"),
    *("home sweet home", "time is money", "practice makes perfect", "never give up"),
    *("early bird catches the worm", "an apple a day keeps the doctor away", "carpe diem"),
    *("liberte egalite fraternite", "veni vidi vici", "cogito ergo sum", "e pluribus unum"),
    *("i love my family", "i love my mother", "i love my country", "i love you so much"),
    *("good morning vietnam", "hello world", "welcome to my world", "life is beautiful"),
    # What many pray.
    *("in the beginning god created", "the lord is my shepherd", "our father who art in heaven"),
    *("hail mary full of grace", "god is great", "god is love", "god is good all the time"),
    *("jesus is lord", "jesus is my saviour", "jesus loves me", "thank you jesus", "amen amen"),
    *("bismillah", "bismillahirrahmanirrahim", "allahu akbar", "alhamdulillah", "inshallah"),
    *("la ilaha illallah", "mashallah", "subhanallah", "بسم الله الرحمن الرحيم", "الله أكبر"),
    *("الحمد لله رب العالمين", "لا إله إلا الله", "إن شاء الله", "السلام عليكم"),
    *("om namah shivaya", "hare krishna hare rama", "jai shri ram", "jai hind", "satyameva jayate"),
    *("सत्यमेव जयते", "ॐ नमः शिवाय", "जय हिन्द", "vande mataram", "வாழ்க தமிழ்", "தமிழ் வாழ்க"),
    # Proverbs and songs of the places where this program began.
    *("hakuna matata", "haraka haraka haina baraka", "pole pole ndio mwendo", "mungu ni mwema"),
    *("haba na haba hujaza kibaba", "harambee", "umoja ni nguvu", "mungu ibariki afrika"),
    *("nkosi sikelel iafrika", "asante sana", "mambo vipi", "nakupenda sana", "ubuntu"),
    *("en un lugar de la mancha", "padre nuestro que estas en los cielos", "te quiero mucho"),
    *("si se puede", "viva colombia", "dios es amor", "gracias a dios", "mi casa es su casa"),
)


def _letters(text: str) -> str:
    """Only the letters, without marks on them: how a guesser's program writes a sentence too."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in plain if unicodedata.category(sign)[0] == "L")


#: The long ones first: of two that fit, the one that leaves less counts.
_KNOWN = tuple(sorted((_letters(each) for each in _SENTENCES), key=len, reverse=True))


def is_well_known(password: str) -> bool:
    """Whether little is left of a password without the sentences that everybody knows."""
    left = _letters(password)
    whole = len(left)
    for each in _KNOWN:
        left = left.replace(each, "")
    return len(left) < min(_FEW, whole)
