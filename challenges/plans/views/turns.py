"""Whose turn it is with a plan, said to who looks."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy

from challenges.plans.models import PlanState
from challenges.plans.views.sight import Sight
from challenges.plans.words import day_words

_TO_ALL: dict[str, Promise] = {
    PlanState.DRAFT: gettext_lazy("The institution is still writing."),
    PlanState.PROPOSED: gettext_lazy("Waits for the school to approve it since %(day)s."),
    PlanState.RETURNED: gettext_lazy("Waits for the institution to answer the questions of the school."),
    PlanState.APPROVED: gettext_lazy("Agreed. The institution carries it out and reports how far it is."),
    PlanState.DONE: gettext_lazy("Done. Nothing waits here."),
    PlanState.STOPPED: gettext_lazy("Stopped. Nothing waits here."),
}
_TO_LEADS: dict[str, Promise] = {
    PlanState.DRAFT: gettext_lazy("Waits for you: write it with your colleagues, then propose it."),
    PlanState.PROPOSED: gettext_lazy(
        "Nothing to do for you. Waits for the school to approve it since %(day)s."
    ),
    PlanState.RETURNED: gettext_lazy(
        "Waits for you: answer the questions in the plan, then propose it again."
    ),
}
_TO_MEMBERS: dict[str, Promise] = {
    PlanState.DRAFT: gettext_lazy(
        "Write it with your colleagues. Your co-ordinator or the one who is accountable proposes it."
    ),
    PlanState.RETURNED: gettext_lazy(
        "Answer the questions in the plan. Your co-ordinator or the one who is accountable proposes it again."
    ),
}
_TO_SCHOOL: dict[str, Promise] = {
    PlanState.PROPOSED: gettext_lazy(
        "Waits for you: approve it, or return it with questions. Proposed on %(day)s."
    ),
}


def next_words(sight: Sight) -> str | Promise:
    """Who waits for whom, said to who looks."""
    state, rights = sight.card.state, sight.card.rights
    said = _TO_ALL[state]
    if rights.school and state in _TO_SCHOOL:
        said = _TO_SCHOOL[state]
    elif sight.is_lead and state in _TO_LEADS:
        said = _TO_LEADS[state]
    elif rights.member and state in _TO_MEMBERS:
        said = _TO_MEMBERS[state]
    return str(said) % {"day": _proposed_on(sight)} if state == PlanState.PROPOSED else said


def _proposed_on(sight: Sight) -> str:
    at = max((step.at for step in sight.card.steps), default=sight.card.changed_at)
    return day_words(localtime(at).date())


def waits_for(sight: Sight) -> bool:
    state = sight.card.state
    if sight.card.rights.school:
        return state == PlanState.PROPOSED
    return sight.card.rights.member and state in (PlanState.DRAFT, PlanState.RETURNED)
