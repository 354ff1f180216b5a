"""The analyser: what is one word for the search, in six languages, and how well a word answers."""

import pytest

from synergy.search.excerpts import excerpt, marked
from synergy.search.words import ALIKE, BEGINS, EXACT, NOT, folded, spans_of, terms_of, words_of

pytestmark = pytest.mark.once

FOLDED = {
    "Łódź": "lodz",
    "współpraca": "wspolpraca",
    "ŻÓŁĆ": "zolc",
    "София": "софия",
    "Йорданка": "иорданка",
    "pašvaldību": "pasvaldibu",
    "Ķekava": "kekava",
    "együttműködés": "egyuttmukodes",
    "ŐŰ": "ou",
    "spoluprác": "spoluprac",
    "ľščťžýáíé": "lsctzyaie",
    "straße": "strasse",
    "ﬁle": "file",
    "e\u0301": "e",
    "2026": "2026",
}
# asked, written, how well the one answers the other
ANSWERS = """
wspolpraca     współpraca          3
współpraca     WSPÓŁPRACA          3
współpraca     współpracy          1
współpracy     współpraca          1
współ          współpraca          2
gminy          gminach             1
услуга         услугите            1
програмата     програма            1
sadarbība      sadarbību           1
önkormányzatoknak önkormányzat     1
önkormányzat   önkormányzatoknak   2
ügyfél         ügyfelek            2
úrad           úradov              2
obce           obecný              0
plan           plant               2
report         deport              0
2026           20261               2
rok            rokowania           2
"""


def test_words_lose_case_and_accents():
    assert {word: folded(word) for word in FOLDED} == FOLDED


@pytest.mark.parametrize("line", ANSWERS.strip().splitlines())
def test_a_word_answers(line):
    asked, written, well = line.split()
    (term,) = terms_of(asked)
    assert term.answered_by(words_of(written)[0]) == int(well) in (EXACT, BEGINS, ALIKE, NOT)


def test_short_words_and_numbers_are_whole_unless_they_are_being_written():
    rok, twenty, last = terms_of("rok 2026 w")
    assert [rok.answered_by("rokowania"), twenty.answered_by("20261"), last.answered_by("wola")] == [NOT] * 3
    assert [rok.answered_by("rok"), twenty.answered_by("2026"), last.answered_by("w")] == [EXACT] * 3
    assert terms_of("rok ")[0].answered_by("rokowania") == NOT  # a space says that the word is whole


@pytest.mark.parametrize("question", ["", " ", "a", "a b c", "?!", "…", "* '", "\u0301", "😀"])
def test_what_asks_for_nothing(question):
    assert terms_of(question) == []


def test_hits_are_marked_at_the_letters_that_were_written():
    text = "Tom & <b>Łódź</b>: wspo\u0301łpraca, ŁÓDŹ; Lodz-Kaliska"
    assert [text[span.start : span.end] for span in spans_of(text)][2] == "Łódź"
    assert marked(text, terms_of("lodz wspolpraca")) == (
        "Tom &amp; &lt;b&gt;<mark>Łódź</mark>&lt;/b&gt;: <mark>wspo\u0301łpraca</mark>, <mark>ŁÓDŹ</mark>; "
        "<mark>Lodz</mark>-Kaliska"
    )


def test_an_excerpt_is_one_line_around_the_first_hit():
    shown = excerpt(
        "## Where\n\n**It** begins. " + "word " * 100 + "then `Ügyfél` & " + "more " * 100, terms_of("ugyfel")
    )
    assert shown.startswith("… word ")
    assert shown.endswith("more …")
    assert "then <mark>Ügyfél</mark> &amp; more" in shown
    assert 150 < len(shown) < 300
    assert excerpt("# Short\n- and *plain*", terms_of("nothing")) == "Short and plain"
