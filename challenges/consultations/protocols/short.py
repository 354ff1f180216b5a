"""Protocols of less than 45 minutes.

Kollegiale Beratung after Tietze has six phases in 35–45 minutes for 5–9 people: casting, spontaneous account,
key question, choice of method, consulting (about 10 minutes, one contribution at a time, a secretary takes
notes, the case giver only listens), closing. The source gives minutes for the whole and for consulting;
those of the other phases are ours.

The short form of Jena, for a small group in about 45 minutes: roles 2, case 10, feelings 2–5, information
questions 5, hypotheses 5 with the case giver silent, response 3, solutions 7 with the case giver silent, and
which ideas are taken, for which the source names no time.

Troika consulting: a client and two consultants, 30 minutes for all three, about 10 for each: reflect 1, the
client states 1–2, clarifying questions 1–2, the client turns away and the consultants talk 4–5, the client
says what was most valuable 1–2. For the next client another consultation is planned.
"""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from challenges.consultations.events import ProtocolCard
from challenges.consultations.models import Speaks, Writes
from challenges.consultations.protocols.making import phase

KOLLEGIALE = ProtocolCard(
    key="kollegiale_beratung",
    name=_("Peer consultation in six steps"),
    about=_(
        "Kollegiale Beratung: the case giver tells the case, the group finds the key question, and the peers "
        "advise while the case giver listens."
    ),
    is_asynchronous=False,
    ends_by_clock=False,
    fewest=5,
    most=9,
    phases=[
        phase("casting", _("Roles"), _("Who gives the case, who leads, who keeps notes?"), minutes=2),
        phase(
            "account",
            _("The case"),
            _("The case giver tells the case freely. The others ask only what they need to follow."),
            minutes=10,
            speaks=Speaks.CASE_GIVER,
        ),
        phase(
            "key_question",
            _("Key question"),
            _("Together you find the one question that the case giver wants an answer to. Write it down."),
            minutes=5,
            writes=Writes.AGREED,
        ),
        phase(
            "method",
            _("Method"),
            _(
                "Choose how you will advise: collect ideas, good advice, a change of perspective. Write it down."
            ),
            minutes=3,
            writes=Writes.AGREED,
        ),
        phase(
            "consulting",
            _("Advice"),
            _("First everybody writes in silence. Then one contribution at a time; nobody discusses."),
            minutes=10,
            speaks=Speaks.PEERS,
            writes=Writes.SUGGESTIONS,
            silent_first=True,
        ),
        phase(
            "closing",
            _("Closing"),
            _("The case giver says what was valuable and what comes next, and thanks the group."),
            minutes=5,
            writes=Writes.COMMITMENTS,
        ),
    ],
)

KOLLEGIALE_SHORT = ProtocolCard(
    key="kollegiale_beratung_jena",
    name=_("Peer consultation with hypotheses"),
    about=_(
        "The form of Jena: feelings, questions, hypotheses and solutions are kept apart. While the peers form "
        "hypotheses and solutions, the case giver is silent."
    ),
    is_asynchronous=False,
    ends_by_clock=False,
    fewest=4,
    most=7,
    phases=[
        phase("roles", _("Roles"), _("Who gives the case, who leads, who keeps the time?"), minutes=2),
        phase(
            "case",
            _("The case"),
            _("The case giver tells the case and the key question."),
            minutes=10,
            speaks=Speaks.CASE_GIVER,
        ),
        phase(
            "feelings",
            _("First feelings"),
            _("What did you feel or see while you listened? One sentence each, without comment."),
            minutes=5,
            speaks=Speaks.PEERS,
        ),
        phase(
            "questions",
            _("Clarifying questions"),
            _("Ask for facts only. Hidden advice is for later."),
            minutes=5,
            writes=Writes.QUESTIONS,
        ),
        phase(
            "hypotheses",
            _("Hypotheses"),
            _("What may be behind it? First in silence, then together. Do not look for solutions yet."),
            minutes=5,
            speaks=Speaks.PEERS,
            writes=Writes.HYPOTHESES,
            silent_first=True,
        ),
        phase(
            "response",
            _("Response"),
            _("The case giver says which hypotheses help. The others listen."),
            minutes=3,
            speaks=Speaks.CASE_GIVER,
        ),
        phase(
            "solutions",
            _("Solutions"),
            _("What would you do in this place? First in silence, then together."),
            minutes=7,
            speaks=Speaks.PEERS,
            writes=Writes.SUGGESTIONS,
            silent_first=True,
        ),
        phase(
            "taken",
            _("What is taken"),
            _("The case giver says which ideas they take, and by when they do what."),
            minutes=5,
            speaks=Speaks.CASE_GIVER,
            writes=Writes.COMMITMENTS,
        ),
    ],
)

TROIKA = ProtocolCard(
    key="troika",
    name=_("Troika consulting"),
    about=_("Three people help each other: one is the client, two are consultants, ten minutes for each."),
    is_asynchronous=False,
    ends_by_clock=False,
    fewest=3,
    most=3,
    phases=[
        phase(
            "reflect",
            _("Reflect"),
            _("Alone and in silence: what is my challenge, and what help do I need?"),
            minutes=1,
            speaks=Speaks.NOBODY,
        ),
        phase(
            "states",
            _("The challenge"),
            _("The client states the challenge and the question."),
            minutes=2,
            speaks=Speaks.CASE_GIVER,
        ),
        phase(
            "questions",
            _("Clarifying questions"),
            _("The consultants ask only what they need to understand."),
            minutes=2,
            writes=Writes.QUESTIONS,
        ),
        phase(
            "talk",
            _("The consultants talk"),
            _("The client turns away and listens. The consultants talk as if alone."),
            minutes=4,
            speaks=Speaks.PEERS,
            writes=Writes.SUGGESTIONS,
        ),
        phase(
            "valuable",
            _("Most valuable"),
            _("The client turns back and says what was most valuable."),
            minutes=1,
            speaks=Speaks.CASE_GIVER,
            writes=Writes.SUMMARY,
        ),
    ],
)
