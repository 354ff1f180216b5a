"""What the institutions of the demonstration bring. People are keys of `sessions.demo.people.GUESTS`."""

from __future__ import annotations

from dataclasses import dataclass, field

from challenges.models import Confidentiality


@dataclass(frozen=True)
class Case:
    """`texts`: {field: text}, written by the first of `by`, its later ones by the second, if there is one.

    The answer of the facilitators: `questions` to the institution, or it is accepted, or neither yet.
    """

    by: tuple[str, ...]
    language: str
    texts: dict[str, str]
    readers: str = Confidentiality.GROUP
    questions: str = ""
    is_accepted: bool = False
    tags: tuple[str, ...] = field(default=())


CASES = (
    Case(
        by=("krzysztof.lecki", "elzbieta.nowicka"),
        language="en",
        texts={
            "title": "Eight departments, one citizen: who answers the letter?",
            "key_question": "How can I get eight heads of department to share one list of letters, when each is "
            "measured only on their own?",
            "situation": "Letters that touch more than one department wait on average 23 working days. The law "
            "gives us 30, the citizens give us ten. Every department answers its own part; nobody sees the "
            "whole.\n\nAbout 140 letters a month are of this kind, one in six of all that we get. In 2 of 5 the "
            "citizen gets two answers that do not fit together.",
            "tried": "- A shared mailbox. It was closed after four months: everybody could read it, so nobody "
            "felt addressed.\n- A weekly meeting of all eight, which became a report.\n- A table of letters that "
            "one colleague kept. It worked well until she moved to another office.",
            "stakeholders": "The eight heads of department and their deputies. The front desk, which takes the "
            "calls when no answer comes. The director-general, who signs the targets of each department.",
            "desired_result": "One answer, one name, ten working days. With the people that we have.",
            "constraints": "The targets of this year are signed. There is no money for another document system; "
            "we have three.",
        },
    ),
    Case(
        by=("tomasz.wojcik", "malgorzata.zulawska"),
        language="pl",
        texts={
            "title": "Doświadczeni odchodzą, a wiedza razem z nimi",
            "key_question": "Jak przekazać wiedzę kierowników, którzy odejdą na emeryturę w ciągu dwóch lat, "
            "skoro ich następcy nie są jeszcze wybrani?",
            "situation": "Do końca przyszłego roku odejdzie na emeryturę 11 z 26 kierowników oddziałów. Konkurs na "
            "stanowisko możemy ogłosić dopiero, gdy jest wolne, więc poprzednik i następca nigdy nie pracują "
            "razem.\n\nPo ostatnim takim odejściu przez pół roku wracaliśmy do ustaleń, które już raz zapadły.",
            "tried": "Ankiety z odchodzącymi osobami: powstały trzy segregatory, do których nikt nie zagląda.",
            "stakeholders": "Kierownicy, ich zastępcy, dział kadr, dyrektor generalny.",
            "desired_result": "Nowy kierownik po trzech miesiącach wie, kogo o co zapytać i które ustalenia "
            "obowiązują. Nikt nie zaczyna od zera.",
            "constraints": "Zasad naboru nie zmienimy, określa je ustawa. Nie możemy płacić za podwójną obsadę.",
            "summary": "Eleven of our 26 heads of unit retire by the end of next year. By law a post can be "
            "offered only once it is vacant, so the old and the new head never work together. Exit "
            "questionnaires filled three binders that nobody opens. We look for a way to hand knowledge over "
            "before a successor is known, without paying two people for one post.",
        },
        questions="Thank you, this is clear and close to life. Two questions before we look for a group:\n\n"
        "1. Who could keep the knowledge of a unit while its post is vacant? A deputy, or somebody else?\n"
        "2. Is there one unit where you could begin this spring?",
        tags=("knowledge", "succession"),
    ),
    Case(
        by=("lubica.horvathova", "marek.simko"),
        language="sk",
        readers=Confidentiality.COHORT,
        texts={
            "title": "Školenie sa skončí a v pondelok je všetko po starom",
            "key_question": "Ako dosiahneme, aby účastníci do troch mesiacov od školenia urobili doma aspoň jednu "
            "zmenu, keď ich nadriadení o školení takmer nevedia?",
            "situation": "Ročne vyškolíme asi 1 900 vedúcich zamestnancov. Spokojnosť je 4,6 z 5. Pol roka po "
            "školení však len každý ôsmy uvedie zmenu, ktorú naozaj zaviedol.",
            "tried": "Osobný akčný plán na konci kurzu. Vyplní ho každý, doma ho otvorí málokto. E-mail po mesiaci "
            "číta tretina ľudí.",
            "stakeholders": "Účastníci, ich priami nadriadení, osobné úrady ministerstiev, naši lektori.",
            "desired_result": "Polovica účastníkov zavedie do troch mesiacov jednu zmenu a ich nadriadený o nej vie.",
            "constraints": "Nadriadeným nemôžeme nič prikázať. Kurz má dva dni a dlhší nebude.",
            "summary": "We train about 1,900 managers a year. They are content (4.6 of 5), but half a year later "
            "only one in eight can name a change that they made. Personal action plans and reminders by mail "
            "did little, and the participants’ superiors hardly know of the course. We look for ways to bring "
            "the superior in without being able to order anything.",
        },
        is_accepted=True,
        tags=("learning", "superiors"),
    ),
)
