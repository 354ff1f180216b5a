"""What came out of a challenge here: its consultations, and the recommendations with their answers."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _

from challenges.consultations.models import Answer, Consultation, Recommendation, RunState, Verdict, Writes
from challenges.consultations.page_words import answer_badge, run_badge
from challenges.consultations.protocols import in_the_language_of_now
from challenges.consultations.queries import consultations_of, recommendations_for
from challenges.consultations.rules import WITH_CONSULTATIONS, can_plan, protocol_of
from challenges.consultations.views import plan_address
from challenges.groups.models import Membership, MixState, TaskGroup
from challenges.models import Challenge, State
from challenges.rules import is_author
from challenges.threads import Thread
from synergy.cohorts.queries import seat_in
from synergy.people.models import Person

_BEFORE_GROUPS = (State.DRAFT, State.SUBMITTED, State.RETURNED, State.ACCEPTED)


def consultation_threads(person: Person, challenge: Challenge) -> list[Thread]:
    """Consultations that the person may open, those they may begin, and what was recommended."""
    if challenge.state in _BEFORE_GROUPS:
        return []
    # What was called off before it began left nothing.
    seen = [
        each
        for each in consultations_of(person, challenge)
        if each.state != RunState.FINISHED or each.started_at
    ]
    prefetch_related_objects(seen, "entries", "commitments__by")
    found = [_consultation(each) for each in seen]
    busy = {each.group_id for each in seen if each.state != RunState.FINISHED}
    done = {each.group_id for each in seen}
    free = [group for group in _groups_to_plan(person, challenge) if group.pk not in busy]
    found += [_to_plan(group, is_first=group.pk not in done) for group in free]
    given = recommendations_for(person, challenge)
    return [*found, _recommendations(person, challenge, given)] if given else found


def _consultation(consultation: Consultation) -> Thread:
    badge = run_badge(consultation.state)
    protocol = in_the_language_of_now(protocol_of(consultation))
    is_over = consultation.state == RunState.FINISHED and consultation.started_at is not None
    return Thread(
        kind="consultation",
        name=_("Consultation: %(protocol)s") % {"protocol": protocol.name},
        address=reverse("consultations:consultation", args=[consultation.pk]),
        state_word=badge.label,
        look=badge.kind,
        template="challenges/consultations/parts/thread_outcome.html" if is_over else "",
        context=_outcome(consultation) if is_over else {},
    )


def _outcome(consultation: Consultation) -> dict[str, Any]:
    """What stays of it beside recommendations: how the suggestions were taken, and who will do what by when."""
    verdicts = Counter(
        entry.verdict
        for entry in consultation.entries.all()
        if entry.kind == Writes.SUGGESTIONS and entry.removed_at is None
    )
    commitments = [row for row in consultation.commitments.all() if row.removed_at is None]
    return {
        "suggestions": verdicts.total(),
        "taken": verdicts[Verdict.TAKE],
        "left": verdicts[Verdict.LEAVE],
        "open": verdicts[Verdict.THINK] + verdicts[""],
        "commitments": sorted(commitments, key=lambda row: (row.due, row.pk)),
    }


def _to_plan(group: TaskGroup, *, is_first: bool) -> Thread:
    words = {"number": group.number}
    first = _("Start the consultation of task group %(number)d") % words
    return Thread(
        kind="consultation",
        name=first if is_first else _("Start another consultation of task group %(number)d") % words,
        address=reverse("consultations:of_group", args=[group.pk]) + ("" if is_first else "?another"),
    )


def _groups_to_plan(person: Person, challenge: Challenge) -> list[TaskGroup]:
    """Published groups for which the person may begin a consultation. Three queries at most."""
    if challenge.state not in WITH_CONSULTATIONS:
        return []
    seat = seat_in(person, challenge.cohort_id)
    groups = list(TaskGroup.objects.filter(challenge=challenge, mix__state=MixState.PUBLISHED).order_by("pk"))
    own = set(Membership.objects.filter(group__in=groups, person=person).values_list("group", flat=True))
    return [group for group in groups if can_plan(seat, "peer" if group.pk in own else "")]


def _recommendations(person: Person, challenge: Challenge, given: list[Recommendation]) -> Thread:
    answered = sum(each.state != Answer.OPEN for each in given)
    takes_up = any(each.state in (Answer.ACCEPTED, Answer.ADAPTED) for each in given)
    is_own = is_author(person, challenge)
    return Thread(
        kind="recommendations",
        name=_("Recommendations"),
        address=reverse("consultations:recommendations", args=[challenge.pk]),
        state_word=_("%(answered)d of %(all)d answered") % {"answered": answered, "all": len(given)},
        look="done" if answered == len(given) else "care",
        is_done=answered == len(given),
        is_open=any(
            each.state == Answer.OPEN and each.consultation.state == RunState.FINISHED for each in given
        ),
        template="challenges/consultations/parts/thread.html",
        context={
            "recommendations": [(each, answer_badge(each.state)) for each in given],
            "plan_url": plan_address(challenge.pk) if is_own and takes_up else "",
        },
    )
