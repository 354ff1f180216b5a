"""What people are told about consultations: the kinds of notices, and who is told when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from challenges.consultations.models import Answer, CheckIn, Consultation, Outcome, Part, Recommendation
from challenges.consultations.protocols import SHIPPED, in_the_language_of_now
from challenges.consultations.rules import phase_of, protocol_of
from synergy.notices.actions import notify
from synergy.notices.kinds import NoticeKind, register
from synergy.notices.models import Mail
from synergy.people.models import Person

GROUP = _("Consultations")
STEP, ANSWERED = "consultation_step", "recommendation_answered"
ASKED, TOLD = "commitment_asked", "commitment_told"


def tell_of_step(consultation: Consultation, now: datetime) -> None:
    """A consultation in writing goes on: its group hears of each step, since nobody waits for it."""
    protocol = protocol_of(consultation)
    if not protocol.is_asynchronous or consultation.phase_ends_at is None:
        return
    values = {
        "title": consultation.challenge.title,
        "protocol": protocol.key,
        "step": phase_of(consultation).name,
        "until": consultation.phase_ends_at.isoformat(),
    }
    started = consultation.phase_started_at
    key = f"{consultation.pk}:{consultation.phase}:{started:%Y%m%d%H%M%S}"
    _notify(people_of_consultation(consultation), STEP, key, values, consultation, now)


def tell_of_answer(
    person: Person, consultation: Consultation, recommendation: Recommendation, now: datetime
) -> None:
    """The group is told how the institution answered."""
    values = {
        "title": consultation.challenge.title,
        "institution": consultation.challenge.institution.name,
        "number": recommendation.number,
        "state": recommendation.state,
        "why": "\n\n".join(text for text in (recommendation.answer_text, recommendation.why) if text),
    }
    key = f"{recommendation.pk}:{recommendation.revision}"
    others = _but(person, people_of_consultation(consultation))
    _notify(others, ANSWERED, key, values, consultation, now)


def tell_of_check_in(person: Person, consultation: Consultation, check_in: CheckIn, now: datetime) -> None:
    """The group is told what became of a commitment."""
    values = {
        "who": person.name,
        "text": check_in.commitment.text,
        "outcome": check_in.outcome,
        "answer": check_in.answer,
    }
    key = f"{check_in.pk}:{now:%Y%m%d%H%M%S}"
    _notify(_but(person, people_of_consultation(consultation)), TOLD, key, values, consultation, now)


def ask_about(check_in: CheckIn, now: datetime) -> None:
    """Who made the commitment is asked what became of it, once."""
    commitment = check_in.commitment
    values = {"text": commitment.text, "title": commitment.consultation.challenge.title}
    _notify([commitment.by], ASKED, str(check_in.pk), values, commitment.consultation, now)


def people_of_consultation(consultation: Consultation) -> list[Person]:
    """The group and its case giver, those whose seat is active."""
    members = set(consultation.group.memberships.values_list("person", flat=True))
    given = consultation.parts.filter(part__in=[Part.CASE_GIVER, Part.FACILITATOR])
    members |= set(given.values_list("person", flat=True))
    seated = consultation.challenge.cohort.seats.filter(person__in=members, ended_at__isnull=True)
    return [seat.person for seat in seated.select_related("person").order_by("person")]


def register_notices() -> None:
    for kind in KINDS:
        register(kind)


def _but(person: Person, people: Iterable[Person]) -> list[Person]:
    return [each for each in people if each.pk != person.pk]


def _notify(
    people: Iterable[Person],
    kind: str,
    key: str,
    values: Mapping[str, Any],
    consultation: Consultation,
    now: datetime,
) -> None:
    address = reverse("consultations:consultation", args=[consultation.pk])
    notify(people=people, kind=kind, key=key, values=values, address=address, now=now)


def _with_step(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """The name of the step in the active language, and its end on the active clock."""
    until = timezone.localtime(datetime.fromisoformat(values["until"]))
    return {
        **values,
        "step": step_words(values["protocol"], values["step"]),
        "until": date_format(until, "DATETIME_FORMAT"),
    }


def step_words(protocol: str, step: str) -> str:
    """What a step of a shipped protocol is called now; one of a cohort as it was written."""
    shipped = SHIPPED.get(protocol)
    if shipped is None:
        return step
    names = dict(
        zip(
            (phase.name for phase in shipped.phases),
            (phase.name for phase in in_the_language_of_now(shipped).phases),
            strict=True,
        )
    )
    return names.get(step, step)


def _with_answer(values: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**values, "state": str(Answer(values["state"]).label)}


def _with_outcome(values: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**values, "outcome": str(Outcome(values["outcome"]).label)}


KINDS = (
    NoticeKind(
        name=STEP,
        group=GROUP,
        label=_("The next step of a consultation in writing"),
        title=_("Next step, “%(step)s”: %(title)s"),
        text=_(
            "The consultation on “%(title)s” is at the step “%(step)s” until %(until)s. Look in once a day."
        ),
        prepare=_with_step,
    ),
    NoticeKind(
        name=ANSWERED,
        group=GROUP,
        label=_("An institution answers a recommendation of your group"),
        title=_("Recommendation %(number)s, %(state)s: %(title)s"),
        text=_("%(institution)s has answered recommendation %(number)s of your group: %(state)s."),
        quote="why",
        prepare=_with_answer,
        mail=Mail.DIGEST,
    ),
    NoticeKind(
        name=ASKED,
        group=GROUP,
        label=_("What became of a commitment of yours"),
        title=_("What became of it: %(title)s"),
        text=_(
            "You committed yourself in the consultation on “%(title)s”. Tell your group what became of it:"
        ),
        quote="text",
    ),
    NoticeKind(
        name=TOLD,
        group=GROUP,
        label=_("Somebody of your group tells what became of a commitment"),
        title=_("%(who)s, %(outcome)s: %(text)s"),
        text=_("%(who)s tells what became of the commitment “%(text)s”: %(outcome)s."),
        quote="answer",
        prepare=_with_outcome,
        mail=Mail.DIGEST,
    ),
)
