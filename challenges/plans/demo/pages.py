"""The plans of the demonstration. People are keys of `sessions.demo.people.GUESTS`; days count from today."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Word:
    """What the owner reported, so many days ago."""

    days: int
    progress: str
    confidence: str = ""
    why: str = ""


@dataclass(frozen=True)
class Row:
    """`due` is in days from today, or a wording. `proof`: (title, its text as a file)."""

    title: str
    kind: str = "milestone"
    owner: str = ""
    due: int | str = ""
    description: str = ""
    words: tuple[Word, ...] = ()
    proof: tuple[str, str] | None = None
    under: tuple[Row, ...] = ()
    values: dict[str, str] = field(default_factory=dict)
    """{field of an indicator: what somebody types}; a day as days from today."""
    readings: tuple[tuple[int, str, str], ...] = ()
    """(days from today, value, note)"""
    wish: tuple[int, str] | None = None
    """Asks for another due date: (days from today, why)."""


@dataclass(frozen=True)
class Page:
    """`agreed`: how many days ago it was approved; None while it waits for that."""

    by: str
    title: str
    summary: str
    language: str
    starts: int
    ends: int
    agreed: int | None
    rows: tuple[Row, ...]
    audience: str = "cohort"
    consultant: str = ""


LETTERS = Page(
    by="elzbieta.nowicka",
    title="Letters answered in ten working days",
    summary="Letters that touch more than one department wait 23 working days on average. By the end of the plan "
    "a citizen has **one answer, with one name, in ten working days**, with the people that we have.",
    language="en",
    starts=-105,
    ends=255,
    agreed=96,
    consultant="girts.kalnins",
    rows=(
        Row(
            "One list of all letters",
            kind="objective",
            owner="elzbieta.nowicka",
            due=39,
            words=(Word(20, "substantial", "probable", "Two departments use the register every day."),),
            under=(
                Row(
                    "Register drafted",
                    owner="elzbieta.nowicka",
                    due=-80,
                    words=(Word(82, "complete"),),
                    proof=(
                        "Register, first draft",
                        "Number; received; subject; departments; one name; due; sent",
                    ),
                ),
                Row(
                    "Register open to two departments",
                    owner="elzbieta.nowicka",
                    due=-30,
                    words=(Word(60, "limited"), Word(31, "complete")),
                    proof=(
                        "Who works in the register, May",
                        "Finance: 9 people. Citizens’ affairs: 14 people.",
                    ),
                ),
                Row("Register open to all eight departments", owner="elzbieta.nowicka", due=39),
            ),
        ),
        Row(
            "One name per letter",
            kind="objective",
            owner="krzysztof.lecki",
            due=75,
            words=(Word(18, "limited", "uncertain", "Without the guide the rule depends on two people."),),
            under=(
                Row(
                    "Rule signed by the director-general",
                    owner="krzysztof.lecki",
                    due=-45,
                    words=(Word(47, "complete"),),
                    proof=(
                        "Rule 4, signed",
                        "One name stands under every letter, from its first day to its answer.",
                    ),
                ),
                Row(
                    "Staff guide approved",
                    owner="krzysztof.lecki",
                    due=-9,
                    words=(
                        Word(18, "substantial", "uncertain", "The text is ready; legal review takes longer."),
                    ),
                    wish=(7, "Legal review is finished in three days. I ask for a week more."),
                ),
                Row("Training done", owner="krzysztof.lecki", due=75),
            ),
        ),
        Row(
            "Answer in ten days",
            kind="objective",
            owner="elzbieta.nowicka",
            due=255,
            words=(
                Word(15, "limited", "highly_likely", "The average has fallen by five days in three months."),
            ),
            under=(
                Row(
                    "Baseline measured",
                    owner="elzbieta.nowicka",
                    due=-95,
                    words=(Word(95, "complete"),),
                    proof=("Baseline: 140 letters, counted", "letters;working days\n140;23"),
                ),
                Row("Half of the letters within ten days", owner="elzbieta.nowicka", due=130),
                Row("Nine in ten letters within ten days", owner="elzbieta.nowicka", due=255),
                Row(
                    "Working days until the answer",
                    kind="indicator",
                    owner="elzbieta.nowicka",
                    due=255,
                    description="From the day that a letter comes in to the day that the answer goes out, on average.",
                    values={
                        "unit": "working days",
                        "direction": "down",
                        "baseline": "23",
                        "baseline_on": "-105",
                        "target": "10",
                        "lowest": "0",
                        "data_source": "The register; before it, a count by hand of one month",
                    },
                    readings=((-75, "22.4", ""), (-45, "20.1", "First month of the rule"), (-14, "17.8", "")),
                ),
            ),
        ),
        Row(
            "Departments keep their own lists beside the register",
            kind="risk",
            owner="krzysztof.lecki",
            description="We look at it each month. If it happens, we ask what their list has that ours has not.",
        ),
        Row(
            "The targets of the departments are not signed anew before the year is over",
            kind="assumption",
        ),
    ),
)

PERMITS = Page(
    by="janis.krumins",
    title="Permits without a second visit",
    summary="Two in five applicants come twice because a paper is missing. We ask for it before they come.",
    language="en",
    starts=14,
    ends=300,
    agreed=None,
    audience="institution",
    rows=(
        Row(
            "Who comes has all papers with them",
            kind="objective",
            owner="janis.krumins",
            under=(
                Row("List of papers for the ten most frequent permits", owner="ilze.berzina", due=45),
                Row("Reminder by mail three days before the visit", owner="ilze.berzina", due=110),
                Row(
                    "Visits that are the second for one permit",
                    kind="indicator",
                    due=300,
                    values={
                        "unit": "%",
                        "direction": "down",
                        "baseline": "41",
                        "baseline_on": "-20",
                        "target": "15",
                        "data_source": "Appointment system",
                    },
                ),
            ),
        ),
    ),
)

IDEAS = Page(
    by="peterne.boros",
    title="Minden javaslatra két héten belül válasz",
    summary="Az ügyintézők javaslataira két héten belül érkezik egy név és egy válasz, akkor is, ha az nem.",
    language="hu",
    starts=-60,
    ends=180,
    agreed=55,
    rows=(
        Row(
            "Minden javaslatnak van gazdája",
            kind="objective",
            owner="peterne.boros",
            words=(Word(12, "limited", "probable", "Három osztályból kettő már használja a közös listát."),),
            under=(
                Row(
                    "Közös lista a javaslatokról",
                    owner="reka.kovari",
                    due=-25,
                    words=(Word(26, "complete"),),
                    proof=("A lista első hónapja", "11 javaslat, 9 válasz"),
                ),
                Row("Havi megbeszélés az öt osztályvezetővel", owner="peterne.boros", due="folyamatos"),
                Row("Az első tíz megvalósult javaslat", owner="reka.kovari", due=10),
                Row(
                    "Két héten belül megválaszolt javaslatok",
                    kind="indicator",
                    due=180,
                    values={
                        "unit": "%",
                        "direction": "up",
                        "baseline": "14",
                        "baseline_on": "-60",
                        "target": "90",
                        "data_source": "A közös lista",
                    },
                    readings=((-40, "30", ""), (-12, "62", "")),
                ),
            ),
        ),
    ),
)

PAGES = (LETTERS, PERMITS, IDEAS)
