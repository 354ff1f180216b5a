import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms.text import TEXT_LIMIT, checked_text, clean_line, clean_text, excerpt_of, is_blank
from synergy.live.refusals import Refused

pytestmark = pytest.mark.once

anything = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(
            "\u202e\u2066\u2069\u200b\u200d\ufeff\u0301\u0336\u20dd\r\n\t\x00\u2028\ud83d👍🏽🏴\U000e0067"
        ),
    ),
    max_size=200,
)


@given(anything)
def test_cleaning_is_done_once_for_all(raw):
    text = clean_text(raw)
    assert clean_text(text) == text
    assert unicodedata.normalize("NFC", text) == text
    text.encode()


@given(anything)
def test_what_would_disturb_is_gone(raw):
    kept = set(clean_text(raw))
    assert not kept & set(
        "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u0085\u2028\u2029\r\x00\x1b\x7f"
    )
    assert all(unicodedata.category(character) != "Cc" or character in "\n\t" for character in kept)


@given(st.text(st.sampled_from("abcąőķжЩ .,!?\n-–„”"), max_size=200))
def test_what_people_write_is_kept(raw):
    assert clean_text(raw).split() == raw.split()


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("e\u0301", "é"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("  \n\n  indented\n\n\n\n\n\nfar  \n", "  indented\n\n\nfar"),
        ("user\u202egpj.exe", "usergpj.exe"),
        ("👩\u200d💻", "👩\u200d💻"),
        ("a\u200b\u200b\u200b\u200bb", "a\u200bb"),
        ("Z" + "\u0336" * 40, "Z" + "\u0336" * 4),
        ("hidden\U000e0068\U000e0069", "hidden"),
        (
            "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
            "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        ),
        ("\ud800broken", "broken"),
    ],
)
def test_cleaning(raw, clean):
    assert clean_text(raw) == clean


@pytest.mark.parametrize("raw", ["", "  \n\t ", "\u200b", "\u3164\u2800", "\u202e", "\u0301"])
def test_nothing_to_be_seen_is_blank(raw):
    assert is_blank(clean_text(raw))
    with pytest.raises(Refused) as refusal:
        checked_text(raw)
    assert refusal.value.code == "invalid"
    assert set(refusal.value.fields) == {"text"}
    assert checked_text(raw, may_be_blank=True) == ""


def test_four_thousand_characters_and_no_more():
    assert checked_text("ą" * TEXT_LIMIT) == "ą" * TEXT_LIMIT
    for length in (TEXT_LIMIT + 1, 50_000):
        with pytest.raises(Refused, match=str(length)):
            checked_text("ą" * length)


def test_a_long_word_is_kept_whole():
    assert checked_text("x" * TEXT_LIMIT) == "x" * TEXT_LIMIT


def test_lines_and_excerpts():
    assert clean_line(" two\nlines \u202e", 200) == "two lines"
    assert clean_line("abcdef", 3) == "abc"
    assert excerpt_of("Short\nand sweet") == "Short and sweet"
    assert excerpt_of("word " * 100) == ("word " * 100)[:119].rstrip() + "…"
