"""The code on a card: right as printed, refused with any slip of the hand, kept as a digest."""

from edu.learning.codes import LENGTH, grouped, mac, make_code, read_code

SECRET = "a test's secret"
CODES = [make_code(SECRET, f"form {number}") for number in range(200)]


def test_a_code_is_twelve_digits_and_reads_as_itself() -> None:
    assert [len(code) for code in CODES] == [LENGTH] * len(CODES)
    assert [read_code(code) for code in CODES] == CODES


def test_the_same_form_makes_the_same_code_and_another_one_another() -> None:
    assert make_code(SECRET, "form 1") == CODES[1]
    assert len(set(CODES)) == len(CODES)
    assert make_code(SECRET, "form 1", attempt=1) != CODES[1]
    assert make_code("another secret", "form 1") != CODES[1]


def test_every_wrong_digit_is_noticed() -> None:
    slips = [
        code[:place] + digit + code[place + 1 :]
        for code in CODES
        for place in range(LENGTH)
        for digit in "0123456789"
        if digit != code[place]
    ]
    assert len(slips) == len(CODES) * LENGTH * 9
    assert {read_code(slip) for slip in slips} == {None}


def test_every_swap_of_different_neighbours_is_noticed() -> None:
    slips = [
        code[:place] + code[place + 1] + code[place] + code[place + 2 :]
        for code in CODES
        for place in range(LENGTH - 1)
        if code[place] != code[place + 1]
    ]
    assert len(slips) > len(CODES) * 8
    assert {read_code(slip) for slip in slips} == {None}


def test_a_digit_too_many_or_too_few_is_noticed() -> None:
    code = CODES[0]
    for typed in ("", code[:-1], code[1:], code + "0", code * 2, "0" * 11, "abc"):
        assert read_code(typed) is None


def test_a_code_is_read_in_any_digits_with_spaces_and_dashes() -> None:
    code = CODES[0]
    for zero in (0x0660, 0x06F0, 0x0966, 0x09E6, 0x0BE6, 0xFF10):
        native = "".join(chr(zero + int(digit)) for digit in code)
        assert read_code(native) == code
    for typed in (
        grouped(code),
        f" {code[:4]}-{code[4:8]}\u00a0{code[8:]}\n",
        f"\u202a{code}\u202c",
    ):
        assert read_code(typed) == code


def test_a_code_is_printed_in_groups_of_four() -> None:
    assert grouped("123456789012") == "1234 5678 9012"


def test_what_is_kept_of_a_code_depends_on_the_secret_and_hides_the_code() -> None:
    kept = mac(SECRET, CODES[0])
    assert len(kept) == 64
    assert CODES[0] not in kept
    assert kept == mac(SECRET, CODES[0])
    assert kept != mac("another secret", CODES[0])
    assert len({mac(SECRET, code) for code in CODES}) == len(CODES)
