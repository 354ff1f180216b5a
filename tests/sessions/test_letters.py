import pytest

from sessions.letters import ALPHABET, LENGTH, new_letters, read_letters, show_letters


def test_codes_are_short_and_never_the_same():
    codes = {new_letters() for _ in range(200)}
    assert len(codes) == 200
    assert all(len(code) == LENGTH and set(code) <= set(ALPHABET) for code in codes)


@pytest.mark.parametrize("typed", ["KTM-RXC", "ktmrxc", " ktm rxc ", "K.T.M.R.X.C", "КТМ-RХС", "ктмRхс"])
def test_codes_are_read_as_people_type_them(typed):
    assert read_letters(typed) == "KTMRXC"


def test_codes_are_shown_in_two_groups():
    assert show_letters("KTMRXC") == "KTM-RXC"
