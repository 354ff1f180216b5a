"""A consultation in writing.

The form of ten steps is held online in 10–20 days, with one visit a day. Here it takes 15 days in eight
phases: the roles are given before, and the steps of one visit stand together.
"""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from challenges.consultations.events import ProtocolCard
from challenges.consultations.models import Speaks, Writes
from challenges.consultations.protocols.making import phase

IN_WRITING = ProtocolCard(
    key="in_writing",
    name=_("In writing, over 15 days"),
    about=_("Nobody needs to be there at the same time: look in once a day. Each step ends by itself."),
    is_asynchronous=True,
    ends_by_clock=True,
    fewest=4,
    most=9,
    phases=[
        phase(
            "case",
            _("The case"),
            _("The case giver writes in the group’s room what the others need to know."),
            days=2,
            speaks=Speaks.CASE_GIVER,
        ),
        phase(
            "questions",
            _("Clarifying questions"),
            _("Ask for facts only. Each visit one or two questions are enough."),
            days=2,
            speaks=Speaks.EVERYBODY,
            writes=Writes.QUESTIONS,
        ),
        phase(
            "answers",
            _("Answers"),
            _("The case giver answers the questions in the group’s room."),
            days=2,
            speaks=Speaks.CASE_GIVER,
        ),
        phase(
            "hypotheses",
            _("Hypotheses"),
            _("What may be behind it? Nobody reads what the others write until the step ends."),
            days=2,
            speaks=Speaks.PEERS,
            writes=Writes.HYPOTHESES,
            silent_first=True,
        ),
        phase(
            "response",
            _("Response"),
            _("The case giver says which hypotheses help."),
            days=1,
            speaks=Speaks.CASE_GIVER,
        ),
        phase(
            "suggestions",
            _("Suggestions"),
            _("What would you do in this place? Nobody reads what the others write until the step ends."),
            days=3,
            speaks=Speaks.PEERS,
            writes=Writes.SUGGESTIONS,
            silent_first=True,
        ),
        phase(
            "valuable",
            _("Most valuable"),
            _(
                "The case giver takes, thinks about or leaves each suggestion, and says what was most valuable."
            ),
            days=2,
            writes=Writes.SUMMARY,
        ),
        phase(
            "commitments",
            _("Commitments"),
            _("Who does what by when? The group writes its recommendations."),
            days=1,
            writes=Writes.COMMITMENTS,
        ),
    ],
)
