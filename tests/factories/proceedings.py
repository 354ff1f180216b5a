"""A gathering at its end: topics in two rounds, reports in six languages, a missing one, actions, votes, words."""

from datetime import date, timedelta
from types import SimpleNamespace

from sessions.openspace.models import (
    Action,
    ClosingWord,
    Interest,
    ReportState,
    Slot,
    SlotKind,
    SpaceKind,
    Stage,
    Stay,
    TopicReport,
    TopicState,
    Vote,
    VotingState,
)
from synergy.cohorts.models import Role
from tests.factories.cohorts import NOON, make_cohort, make_seat
from tests.factories.openspace import make_gathering, make_placement, make_slot, make_space, make_topic
from tests.factories.people import make_institution, make_person
from tests.factories.training import make_training_session

SUMMARY = (
    "Bad news comes **first** from citizens, last from departments.\n\n"
    "Three offices changed that:\n\n- the head names an *own* mistake first\n- the review is short\n\n"
    "See https://example.org/review <script>alert(1)</script>"
)
THEME = {
    "en": "What did we see on our visits? What will we do at home?",
    "pl": "Co zobaczyliśmy podczas wizyt? Co zrobimy u siebie?",
    "bg": "Какво видяхме при посещенията? Какво ще направим у дома?",
}
PEOPLE = [
    ("Ilze Bērziņa", "LV", "Rīgas dome"),
    ("Георги Петков", "BG", "Община Пловдив"),
    ("Boros Péterné", "HU", "Pécs Város Hivatala"),
    ("Ľubica Hrušková", "SK", "Mesto Košice"),
    ("Elżbieta Nowicka", "PL", "Urząd Wojewódzki"),
]


def make_report(topic, by=None, **fields):
    fields.setdefault("summary", SUMMARY)
    fields.setdefault("state", ReportState.CONFIRMED)
    fields.setdefault("participants", [topic.convener_id] if topic.convener_id else [])
    return TopicReport.objects.create(topic=topic, changed_at=NOON, **fields)


def make_book(**fields):
    """Closed, unless the fields say otherwise. `topics` are one in each state that a book knows."""
    cohort = make_cohort()
    fields.setdefault("stage", Stage.CLOSED)
    fields.setdefault("theme", THEME)
    fields.setdefault("givens", {"en": "The budget of 2027 is settled."})
    fields.setdefault("sponsor", "Agata Zielińska, Director General")
    gathering = make_gathering(make_training_session(cohort), **fields)
    people = [
        make_seat(cohort, make_person(name, language="en"), make_institution(office, country)).person
        for name, country, office in PEOPLE
    ]
    ilze, georgi, boros, lubica, elzbieta = people
    facilitator = make_seat(cohort, make_person("Marta Kalniņa"), role=Role.FACILITATOR).person
    observer = make_seat(cohort, make_person("Otto Sandor"), role=Role.OBSERVER).person
    amber, linden = make_space(gathering, "Amber"), make_space(gathering, "Linden")
    make_space(gathering, "Lounge", SpaceKind.LOUNGE)
    first = make_slot(gathering, started_at=NOON, ended_at=NOON + timedelta(hours=2))
    make_slot(gathering, kind=SlotKind.BREAK, minutes=30)
    second = make_slot(gathering)
    titles = [
        "What makes a department head share bad news early?",
        "Как да вземаме решения по-бързо?",
        "Joint duty rota for small offices",
        "Process maps people do read",
        "Wspólne dyżury małych urzędów",
        "Nobody came to this one",
    ]
    languages = ["en", "bg", "en", "en", "pl", "en"]
    by = [ilze, georgi, boros, lubica, elzbieta, ilze]
    topics = [
        make_topic(gathering, person, title, language=language)
        for person, title, language in zip(by, titles, languages, strict=True)
    ]
    bad_news, decisions, rota, maps, dyzury, nobody = topics
    make_placement(bad_news, second, amber)
    make_placement(decisions, first, linden)
    make_placement(rota, first, amber)
    make_placement(nobody, second, linden)
    nobody.did_not_happen = True
    nobody.save()
    dyzury.state, dyzury.merged_into = TopicState.MERGED, rota
    dyzury.save()
    make_report(
        bad_news,
        recommendations="1. Heads of office: open the review with your own mistake.\n2. Ask one open question.",
        resources="[A guide](https://example.org/guide)",
        next_steps=[
            {"what": "Puts the question into the form", "who": "Elżbieta Nowicka", "when": "2026-03-01"}
        ],
        participants=[ilze.pk, georgi.pk, elzbieta.pk],
    )
    make_report(decisions, summary="Решенията чакат подпис.", state=ReportState.DRAFT)
    Action.objects.create(
        gathering=gathering,
        topic=bad_news,
        what="Try the open question in three offices",
        convener=elzbieta,
        first_step="Write to the heads",
        due=date(2026, 3, 1),
        by=elzbieta,
        created_at=NOON,
    )
    for person, points in ((ilze, 3), (georgi, 2)):
        Vote.objects.create(topic=bad_news, person=person, points=points)
    gathering.voting = VotingState.CLOSED
    gathering.save()
    ClosingWord.objects.create(gathering=gathering, person=boros, word="Bátorság", at=NOON)
    Stay.objects.create(gathering=gathering, person=lubica, space=amber, since=NOON)
    Interest.objects.create(topic=maps, person=georgi)
    return SimpleNamespace(
        cohort=cohort,
        gathering=gathering,
        ilze=ilze,
        georgi=georgi,
        boros=boros,
        lubica=lubica,
        elzbieta=elzbieta,
        facilitator=facilitator,
        observer=observer,
        outsider=make_seat(make_cohort("Other"), make_person("Oskar Outsider")).person,
        amber=amber,
        linden=linden,
        first=first,
        second=second,
        bad_news=bad_news,
        decisions=decisions,
        rota=rota,
        maps=maps,
        nobody=nobody,
    )


def many_topics(book, count):
    """Adds topics with reports to the book's gathering."""
    for number in range(count):
        topic = make_topic(book.gathering, book.ilze, f"More {number}")
        slot = make_slot(book.gathering) if number % 10 == 0 else Slot.objects.latest("pk")
        make_placement(topic, slot, book.amber)
        make_report(topic)
