"""What bots say. All of it is invented; one subject per bot that proposes a topic."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Subject:
    """A topic with what is said about it and what its report says."""

    title: str
    why: str
    lines: tuple[str, ...]
    summary: str
    recommendations: str
    next_step: str
    action: str = ""
    language: str = "en"


SUBJECTS = (
    Subject(
        "Who owns a process that crosses five departments?",
        "In our office everybody owns a piece and nobody owns the whole.",
        (
            "We named one owner per process. It took a year until people believed it.",
            "Did the owner have a budget, or only the title?",
            "Only the title at first. That was the mistake.",
            "In Riga the owner signs the yearly plan of all five departments.",
        ),
        "An owner without money or a signature stays a title. Two offices gave the owner a vote on the yearly "
        "plan of every department concerned; complaints about hand-overs fell within six months.",
        "- Name one owner for each process that citizens see.\n- Give the owner a signature on the yearly plan.",
        "Draw our three longest processes and write one name beside each",
        "Test one process owner with a signature on the yearly plan",
    ),
    Subject(
        "How do we say no to a good idea?",
        "We start twelve projects and finish three.",
        (
            "A list of what we stopped is on the wall of our canteen.",
            "Who writes on it?",
            "The director, by hand. That is the point.",
        ),
        "Stopping is a decision of the top, in public. A short list of stopped projects, with thanks to those who "
        "worked on them, made it easier to say no the next time.",
        "- Publish what you stop, with the reason.\n- Start nothing new without naming what ends.",
        "Bring one project that could stop to the next management meeting",
    ),
    Subject(
        "Jak rozmawiać o błędach z przełożonym?",
        "U nas o błędzie dowiadujemy się ostatni.",
        (
            "Zaczynamy poniedziałek od własnego błędu dyrektora. Trwa to pięć minut.",
            "I ludzie naprawdę mówią?",
            "Po dwóch miesiącach. Na początku była cisza.",
        ),
        "Kierujący zaczyna od własnego błędu. Spotkanie jest krótkie i stałe. Po dwóch miesiącach mówią także inni.",
        "- Zaczynać naradę od własnego błędu.\n- Nie pytać „kto”, tylko „co było trudne”.",
        "Pierwsza krótka narada o błędach w naszym departamencie",
        "Poniedziałkowa narada zaczyna się od błędu kierującego",
        language="pl",
    ),
    Subject(
        "The first hundred days after a training: what survives?",
        "Everybody is enthusiastic on Friday. On Monday there are 300 e-mails.",
        (
            "We ask for one change only, with a date, and a colleague from another country calls after a month.",
            "A call from abroad works better than a form.",
            "Because nobody wants to say on the phone that they did nothing.",
        ),
        "One change with a date survives, ten do not. A call by a peer after thirty days is worth more than a form.",
        "- One change per person.\n- A call by a peer after 30 and 90 days.",
        "Agree on who calls whom before we leave today",
        "Pairs from two countries call each other after 30 days",
    ),
    Subject(
        "Как да пишем писма, които хората разбират?",
        "Половината обаждания при нас са въпроси за нашите собствени писма.",
        (
            "Преписахме десет писма заедно с хората от гишето.",
            "Колко обаждания по-малко?",
            "С една трета. Юристите се съгласиха накрая.",
        ),
        "Писмата се преписват от трима: юрист, човек от гишето и гражданин. Обажданията намаляха с една трета.",
        "- Първо изречение: какво да направя и докога.\n- Проба с трима граждани, преди писмото да тръгне.",
        "Преписваме най-честото си писмо",
        language="bg",
    ),
    Subject(
        "Small offices, big tasks: sharing specialists between regions",
        "Four people cannot be lawyer, accountant, IT and archive.",
        (
            "Three regions share one lawyer. She has a day in each office.",
            "Who pays her?",
            "The largest region, the others pay by hours. It is one page of agreement.",
        ),
        "Sharing works when the agreement is one page, the days are fixed and one office employs the person.",
        "- Begin with one specialist and fixed days.\n- One employer, others pay by hours.",
        "Ask two neighbours which specialist they miss most",
        "A shared lawyer for three district offices, from spring",
    ),
    Subject(
        "Vai attālinātais darbs mūs padara tuvākus?",
        "Mēs redzam cits citu retāk, bet runājam vairāk.",
        (
            "Katru otrdienu visi esam birojā, un sapulču nav.",
            "Tikai sarunas?",
            "Jā, un kafija. Jautājumi atrisinās paši.",
        ),
        "Viena kopīga diena bez sapulcēm palīdz vairāk nekā trīs dienas ar sapulcēm.",
        "- Viena kopīga diena nedēļā bez sapulcēm.",
        "Izmēģināt otrdienu bez sapulcēm vienu mēnesi",
        language="lv",
    ),
    Subject(
        "What do we measure, and who looks at it?",
        "We send 140 figures a month. Nobody has asked a question yet.",
        (
            "We stopped sending reports for two months. Nobody noticed.",
            "That is a measurement, too.",
            "Now we send seven figures and one sentence on each.",
        ),
        "Seven figures with a sentence each are read; 140 figures are not. Stop sending and see who asks.",
        "- At most seven figures, each with a sentence.\n- Every figure has a person who asks for it.",
        "List who has asked for which figure in the last year",
        "Seven figures with a sentence each instead of the monthly report",
    ),
    Subject(
        "Hogyan tartsuk meg a fiatal kollégákat?",
        "Két év után a felük elmegy.",
        (
            "Nálunk minden új kolléga kap egy saját ügyet az első hónapban.",
            "És ha hibázik?",
            "Akkor ketten hibáztak: a mentora is aláírja.",
        ),
        "Egy saját ügy az első hónapban többet ér, mint a juttatás. A mentor közösen felel.",
        "- Saját ügy az első hónapban.\n- Mentor, aki közösen ír alá.",
        "Kijelölünk egy ügyet a következő új kollégának",
        language="hu",
    ),
    Subject(
        "One window for a family with a new child",
        "A family visits four offices with the same paper.",
        (
            "We asked eleven mothers. They all drew the same map, with a pram that does not fit the lift.",
            "Which law has to change?",
            "None. Two offices have to share one form.",
        ),
        "The map drawn by those concerned showed that no law has to change: two offices have to share one form.",
        "- Let citizens draw the way before you draw the process.\n- Share the form, then the data.",
        "Invite ten families to draw their way through our offices",
    ),
    Subject(
        "Ako viesť poradu, z ktorej ľudia odchádzajú s úlohou?",
        "Stretávame sa veľa, dohodneme sa málo.",
        (
            "Na konci každý povie jednu vetu: čo urobím a dokedy.",
            "A kto to zapíše?",
            "Ten, kto povedal najmenej.",
        ),
        "Posledných päť minút patrí vetám „urobím … do …“. Zapisuje ten, kto hovoril najmenej.",
        "- Posledných päť minút: kto, čo, dokedy.",
        "Skúsiť to na najbližšej porade",
        language="sk",
    ),
    Subject(
        "Night shifts of the digital office: who answers at eleven p.m.?",
        "Forms are open day and night. People are not.",
        (
            "Most questions come between eight and ten in the evening.",
            "We moved two people to the evening. They asked for it themselves.",
        ),
        "Evening hours by free choice are filled at once. Most questions come between 20:00 and 22:00.",
        "- Offer one evening shift, by free choice.",
        "Count questions by the hour for two weeks",
    ),
)
OPENING_WORDS = (
    "I came with one question and want to leave with one answer.",
    "Tired of plans, curious about people.",
    "We have a new director. I want to know what to ask for first.",
    "I would like to hear what did not work.",
    "I am here for the coffee talks, honestly.",
)
CLOSING_WORDS = (
    "courage",
    "neighbours",
    "one change",
    "odwaga",
    "заедно",
    "iedvesma",
    "türelem",
    "nádej",
    "clear",
)
ANNOUNCEMENT = "The wall has room in the next round. Whoever still has a question: put it up."
