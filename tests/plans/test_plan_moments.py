"""Dates as they are written, in six languages and more: read into days, or kept and flagged."""

from datetime import date

import pytest

from challenges.plans.moments import names_no_day, read_days, read_moment
from challenges.plans.numbers import NotANumber, read_number
from challenges.plans.words import understood

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("wording", "since", "until", "precision"),
    [
        ("30. apríl 2015", "2015-04-30", "2015-04-30", "day"),
        ("31. marec 2015", "2015-03-31", "2015-03-31", "day"),
        ("30 czerwca 2026 r.", "2026-06-30", "2026-06-30", "day"),
        ("30 юни 2026 г.", "2026-06-30", "2026-06-30", "day"),
        ("до края на май 2026 г.", "2026-05-01", "2026-05-31", "month"),
        ("2026. gada 30. jūnijs", "2026-06-30", "2026-06-30", "day"),
        ("līdz 2027. gada rudenim", "2027-09-01", "2027-11-30", "season"),
        ("2027 őszéig", "2027-09-01", "2027-11-30", "season"),
        ("2026. június 30-ig", "2026-06-30", "2026-06-30", "day"),
        ("2026. júniusig", "2026-06-01", "2026-06-30", "month"),
        ("2015. 04. 30.", "2015-04-30", "2015-04-30", "day"),
        ("30.4.2015", "2015-04-30", "2015-04-30", "day"),
        ("June 30, 2026", "2026-06-30", "2026-06-30", "day"),
        ("by 30th June 2026", "2026-06-30", "2026-06-30", "day"),
        ("2024-02-29", "2024-02-29", "2024-02-29", "day"),
        ("2020/03/19", "2020-03-19", "2020-03-19", "day"),
        ("19/3/2020", "2020-03-19", "2020-03-19", "day"),
        ("2023-12", "2023-12-01", "2023-12-31", "month"),
        ("12/2023", "2023-12-01", "2023-12-31", "month"),
        ("end of February 2024", "2024-02-01", "2024-02-29", "month"),
        ("Q4 2024", "2024-10-01", "2024-12-31", "quarter"),
        ("2024-Q4".replace("-", " "), "2024-10-01", "2024-12-31", "quarter"),
        ("4th quarter 2024", "2024-10-01", "2024-12-31", "quarter"),
        ("4° trimestre 2021", "2021-10-01", "2021-12-31", "quarter"),
        ("IV kwartał 2024", "2024-10-01", "2024-12-31", "quarter"),
        ("3. štvrťrok 2024", "2024-07-01", "2024-09-30", "quarter"),
        ("II тримесечие 2024", "2024-04-01", "2024-06-30", "quarter"),
        ("2024. II. negyedév", "2024-04-01", "2024-06-30", "quarter"),
        ("first half of 2024", "2024-01-01", "2024-06-30", "half"),
        ("II półrocze 2024", "2024-07-01", "2024-12-31", "half"),
        ("by autumn 2022", "2022-09-01", "2022-11-30", "season"),
        ("By fall 2022", "2022-09-01", "2022-11-30", "season"),
        ("jesień 2022", "2022-09-01", "2022-11-30", "season"),
        ("winter 2022/2023", "2022-12-01", "2023-02-28", "season"),
        ("2024", "2024-01-01", "2024-12-31", "year"),
        ("do konca roka 2024", "2024-01-01", "2024-12-31", "year"),
        ("2022–2024", "2022-01-01", "2024-12-31", "year"),
        ("2022-2024", "2022-01-01", "2024-12-31", "year"),
        ("June – September 2022", "2022-06-01", "2022-09-30", "month"),
        ("1–15 June 2022", "2022-06-01", "2022-06-15", "day"),
        ("Q1 – Q2 2024", "2024-01-01", "2024-06-30", "quarter"),
        ("Ongoing", "None", "None", "open"),
        ("na bieżąco", "None", "None", "open"),
        ("priebežne", "None", "None", "open"),
    ],
)
def test_what_is_understood(wording, since, until, precision):
    found = read_moment(wording)
    assert (str(found.since), str(found.until), found.precision) == (since, until, precision)
    assert found.wording == wording


@pytest.mark.parametrize(
    "wording",
    [
        "4th quarter",
        "winter 2022",
        "3/4/2022",
        "mid 2024",
        "before June 2022",
        "31 February 2024",
        "5th quarter 2024",
        "June",
        "soon",
        "2022-23",
        "marketing 2022",
        "June 2024 – May 2024",
        "x" * 200,
    ],
)
def test_what_is_not_is_kept_and_never_guessed(wording):
    found = read_moment(wording)
    assert (found.wording, found.since, found.until, found.precision) == (wording, None, None, "")


@pytest.mark.parametrize(
    ("wording", "is_none"),
    [
        ("31.02.", True),
        ("31. 2. 2027", True),
        ("2027-02-31", True),
        ("31/02/2027", True),
        ("31 February 2027", True),
        ("do 31 czerwca 2027 r.", True),
        ("2027. június 31.", True),
        ("31 June", True),
        ("1 February 2027 – 31 February 2027", True),
        ("31.13.2027", True),
        ("29.02.2028", False),
        ("29.02.", False),
        ("30 June", False),
        ("5th quarter 2027", False),
        ("when the moon is full", False),
    ],
)
def test_days_that_the_calendar_does_not_have(wording, is_none):
    assert names_no_day(wording) is is_none


def test_nothing_is_nothing():
    assert read_moment("  ") is None
    assert read_days("30 June 2026") is not None


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("17.8", "17.8", ""),
        ("17,8", "17.8", ""),
        ("4 083", "4083", ""),
        ("4 083,5", "4083.5", ""),
        ("4.083,00", "4083.00", ""),
        ("4,083.5", "4083.5", ""),
        ("1,234,567", "1234567", ""),
        ("85 %", "85", "%"),
        ("85%", "85", "%"),
        ("-3", "-3", ""),
        ("−3", "-3", ""),
        ("23 working days", "23", "working days"),
        ("17.125", "17.125", ""),
        ("0,125", "0.125", ""),
    ],
)
def test_numbers_as_they_are_typed(text, value, unit):
    assert [str(part) for part in read_number(text)] == [value, unit]


@pytest.mark.parametrize(
    "text", ["", "NA", "abc", "1.2.3", "1,2,3", "9" * 15, "9" * 14 + ".25", "0.1234567", "4 08"]
)
def test_what_is_no_number(text):
    with pytest.raises(NotANumber):
        read_number(text)


def test_a_number_that_can_be_read_in_two_ways():
    with pytest.raises(NotANumber) as refused:
        read_number("4,083")
    assert refused.value.is_ambiguous


@pytest.mark.parametrize(
    ("wording", "said"),
    [
        ("by autumn", "Of which year"),
        ("4th quarter", "Of which year"),
        ("6/7/2027", "two days"),
        ("15/01/27", "all of the year"),
        ("27.01.15.", "all of the year"),
        ("when the moon of 2027 is full", "not understood"),
        ("31 June", "no such day"),
        ("6 July 2027", "Read as: 6 July 2027."),
        (
            "1 October 2027",
            "Read as: 1 October 2027. This is after the last day of the plan, 30 September 2027.",
        ),
        ("autumn 2027", "after the last day"),
    ],
)
def test_what_is_said_of_a_date(wording, said):
    words = understood(read_moment(wording), date(2027, 9, 30))
    assert said in words
    assert ("after the last day" in words) == ("after the last day" in said)
