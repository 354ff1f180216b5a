import pytest

from rooms.language import LATIN, guess_language

pytestmark = pytest.mark.once

SHORT = {
    "en": [
        "Thanks!",
        "Sounds good",
        "Yes, I agree",
        "Who speaks first?",
        "See you tomorrow",
        "Could you share the form?",
    ],
    "pl": [
        "Dzień dobry",
        "Tak, zgadzam się",
        "U nas podobnie",
        "Kto zaczyna?",
        "Poproszę o nagranie",
        "W naszym urzędzie działa",
    ],
    "bg": ["Да", "Добро утро", "Съгласен съм", "При нас е така: KPI и SWOT."],
    "lv": [
        "Labrīt!",
        "Paldies",
        "Jā, piekrītu",
        "Mums ir tas pats",
        "Kurš sāk?",
        "Liels paldies par ieteikumu",
    ],
    "hu": ["Jó reggelt", "Köszönöm", "Jó ötlet", "Nálunk is így van", "Ki kezdi?", "Írásban könnyebb."],
    "sk": [
        "Dobré ráno",
        "Súhlasím",
        "Ďakujem pekne",
        "Kto začne?",
        "U nás je to rovnaké",
        "Môžete poslať odkaz",
    ],
}
WITHOUT_ACCENTS = {
    "pl": ["nie mam pytan", "Prosze o link"],
    "lv": ["Vai ieraksts bus pieejams"],
    "hu": ["Koszonom szepen"],
    "sk": ["Dakujem za odkaz", "Ano, suhlasim"],
}
CASES = [
    (code, text) for table in (SHORT, WITHOUT_ACCENTS) for code, texts in table.items() for text in texts
]


@pytest.mark.parametrize(("code", "text"), CASES)
def test_short_sentences_whoever_writes_them(code, text):
    assert {guess_language(text, prior) for prior in (*LATIN, "bg")} == {code}


@pytest.mark.parametrize("text", ["", "42", "👍", "https://www.gov.lv/lv/jaunumi", "`git push`", "?!"])
def test_with_nothing_to_go_by_it_is_the_language_of_the_writer(text):
    assert guess_language(text, "hu") == "hu"
    assert guess_language(text, "bg") == "bg"


def test_a_word_of_two_languages_goes_to_the_writer():
    assert [guess_language("ale to", prior) for prior in ("pl", "sk")] == ["pl", "sk"]


def test_links_and_code_say_nothing():
    assert guess_language("Tak: https://example.org/the-quick-brown-fox-and-the-dog", "en") == "pl"
