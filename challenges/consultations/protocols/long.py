"""Protocols of half an hour to an hour and more.

Case clinic: 4–5 people, 60–75 minutes: roles 2, intention statement 10–15, stillness 2–3, mirroring 10,
generative dialogue about 20, closing about 8, notes 2. Its rule: no advice, peers only, the case giver is who
decides.

Action learning set: 4–8 people, 30–40 minutes for an issue: issue 2, clarifying 5–10, helping questions
10–15, summary 2, a round of resources 5 (optional), action 2. The next meeting opens with reports on actions.

Peer assist: a host team and 6–8 peers from elsewhere, from an hour to a day: welcome by the sponsor, context,
the peers' experience, options together, feedback in both directions. It is not a review. The source gives no
minutes; ours make an hour.
"""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from challenges.consultations.events import ProtocolCard
from challenges.consultations.models import Speaks, Writes
from challenges.consultations.protocols.making import phase

CASE_CLINIC = ProtocolCard(
    key="case_clinic",
    name=_("Case clinic"),
    about=_("The peers do not advise: they mirror what they heard, and think on together with who decides."),
    is_asynchronous=False,
    ends_by_clock=False,
    fewest=4,
    most=5,
    phases=[
        phase(
            "roles",
            _("Roles"),
            _("Who gives the case, who keeps the time? All others are coaches."),
            minutes=2,
        ),
        phase(
            "intention",
            _("Statement of intention"),
            _("The case giver: what is the situation, what is mine to change, where do I need help?"),
            minutes=15,
            speaks=Speaks.CASE_GIVER,
            writes=Writes.QUESTIONS,
        ),
        phase(
            "stillness",
            _("Stillness"),
            _("Everybody is silent: what images and feelings come up?"),
            minutes=3,
            speaks=Speaks.NOBODY,
        ),
        phase(
            "mirroring",
            _("Mirroring"),
            _("Each coach says which images and feelings came up. The case giver listens. No advice."),
            minutes=10,
            speaks=Speaks.PEERS,
            writes=Writes.HYPOTHESES,
            silent_first=True,
        ),
        phase(
            "dialogue",
            _("Dialogue"),
            _("The case giver says what has shifted. All think on together, still without advice."),
            minutes=20,
            writes=Writes.HYPOTHESES,
        ),
        phase(
            "closing",
            _("Closing"),
            _("What do I see now, and what do I do next? The coaches say a word to the case giver."),
            minutes=8,
            writes=Writes.COMMITMENTS,
        ),
        phase(
            "notes",
            _("Notes"),
            _("Everybody keeps for themselves what they have learned. Your private note is open."),
            minutes=2,
            speaks=Speaks.NOBODY,
        ),
    ],
)

ACTION_LEARNING = ProtocolCard(
    key="action_learning_set",
    name=_("Action learning set"),
    about=_("The group helps by questions, not by advice. The one whose issue it is leaves with an action."),
    is_asynchronous=False,
    ends_by_clock=False,
    fewest=4,
    most=8,
    phases=[
        phase(
            "issue",
            _("The issue"),
            _("What is the issue, and why does it matter to you?"),
            minutes=2,
            speaks=Speaks.CASE_GIVER,
        ),
        phase(
            "clarifying",
            _("Clarifying questions"),
            _("Short questions about facts, short answers."),
            minutes=10,
            writes=Writes.QUESTIONS,
        ),
        phase(
            "helping",
            _("Helping questions"),
            _("Open questions that help to think further. No advice in the form of a question."),
            minutes=15,
            writes=Writes.QUESTIONS,
            silent_first=True,
        ),
        phase(
            "summary",
            _("Summary"),
            _("What do I see now that I did not see before?"),
            minutes=2,
            speaks=Speaks.CASE_GIVER,
            writes=Writes.SUMMARY,
        ),
        phase(
            "resources",
            _("Resources"),
            _("What can each of us offer: a contact, a paper, an experience? You can leave this step out."),
            minutes=5,
            speaks=Speaks.PEERS,
            writes=Writes.SUGGESTIONS,
        ),
        phase(
            "action",
            _("Action"),
            _("What will I do, and by when? The next meeting opens with what became of it."),
            minutes=2,
            speaks=Speaks.CASE_GIVER,
            writes=Writes.COMMITMENTS,
        ),
    ],
)

PEER_ASSIST = ProtocolCard(
    key="peer_assist",
    name=_("Peer assist"),
    about=_("Peers from elsewhere bring their experience before a team acts. It is not a review."),
    is_asynchronous=False,
    ends_by_clock=False,
    fewest=4,
    most=12,
    phases=[
        phase("welcome", _("Welcome"), _("Who is here, and what does the host hope for?"), minutes=5),
        phase(
            "context",
            _("Context"),
            _("The host team: what do we plan, what have we tried, what do we not know?"),
            minutes=10,
            speaks=Speaks.CASE_GIVER,
            writes=Writes.QUESTIONS,
        ),
        phase(
            "experience",
            _("The peers' experience"),
            _("Where did you meet something like it? What helped, what did not? The host listens."),
            minutes=15,
            speaks=Speaks.PEERS,
            writes=Writes.HYPOTHESES,
            silent_first=True,
        ),
        phase(
            "options",
            _("Options"),
            _("Together: what could be done?"),
            minutes=20,
            writes=Writes.SUGGESTIONS,
        ),
        phase(
            "feedback",
            _("Feedback"),
            _(
                "The peers say what they advise first. The host says what they will do, and what peers take home."
            ),
            minutes=10,
            writes=Writes.COMMITMENTS,
        ),
    ],
)
