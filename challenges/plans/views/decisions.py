"""What waits for somebody in a plan: change requests, what is overdue, what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import msgspec
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from challenges.plans.events import MomentCard, RequestCard
from challenges.plans.models import RequestField, RequestState
from challenges.plans.views.rows import ItemRow, item_row
from challenges.plans.views.sight import Sight
from challenges.plans.words import due_words, number_words
from challenges.words import Badge
from rooms.events import PersonCard

NEXT = 3
"""So many that come next are shown."""

_LOOKS = {
    RequestState.OPEN: ("hourglass", "care"),
    RequestState.ACCEPTED: ("check", "done"),
    RequestState.DECLINED: ("x", ""),
    RequestState.WITHDRAWN: ("undo-2", ""),
}


@dataclass(frozen=True)
class AskedChange:
    """A change request with what it says: from what to what."""

    request: RequestCard
    row: ItemRow
    field: str | Promise
    before: str
    after: str
    state: Badge
    by: PersonCard | None
    answered_by: PersonCard | None
    may_answer: bool
    why_not: str
    """Why it cannot be answered by who looks, while it is open."""
    may_withdraw: bool


@dataclass(frozen=True)
class Needs:
    requests: list[AskedChange]
    overdue: list[ItemRow]
    coming: list[ItemRow]


def needs_of(sight: Sight) -> Needs:
    requests = [asked_change(sight, each) for each in sight.open_requests()]
    asked = {each.row.item.id for each in requests}
    return Needs(
        requests=requests,
        overdue=[item_row(sight, item) for item in sight.overdue if item.id not in asked],
        coming=[item_row(sight, item) for item in sight.coming[:NEXT] if item.id not in asked],
    )


def news_of(sight: Sight) -> list[Badge]:
    """What is late and what is asked for, for the top of the page."""
    found, late, asked = [], len(sight.overdue), sight.open_requests()
    if late:
        words = ngettext("%(count)d overdue", "%(count)d overdue", late) % {"count": late}
        found.append(Badge(words, "circle-alert", "alarm"))
    if asked:
        words = ngettext(
            "%(count)d change asked for: %(what)s", "%(count)d changes asked for: %(what)s", len(asked)
        )
        names = dict.fromkeys(str(RequestField(each.field).label) for each in asked)
        found.append(Badge(words % {"count": len(asked), "what": ", ".join(names)}, "hourglass", "care"))
    return found


def asked_change(sight: Sight, request: RequestCard) -> AskedChange:
    item = next(each for each in sight.card.items if each.id == request.item)
    is_open = request.state == RequestState.OPEN
    may_answer = is_open and sight.may("request.answer")
    own = request.by == sight.card.me or sight.is_lead
    return AskedChange(
        request=request,
        row=item_row(sight, item),
        field=RequestField(request.field).label,
        before=value_words(request.field, request.before, item.unit),
        after=value_words(request.field, request.after, item.unit),
        state=Badge(RequestState(request.state).label, *_LOOKS[RequestState(request.state)]),
        by=sight.person(request.by),
        answered_by=sight.person(request.answered_by),
        may_answer=may_answer,
        why_not="" if may_answer or not is_open else _("Facilitators and organisers answer it."),
        may_withdraw=is_open and own and sight.may("request.withdraw"),
    )


def value_words(field: str, value: object, unit: str = "") -> str:
    """A value of a change request as one reads it."""
    if field in (RequestField.START, RequestField.DUE):
        return _moment_words(value)
    if field == RequestField.REMOVED:
        return _("taken out of the plan") if value else _("in the plan")
    if value is None or value == "":
        return _("nothing")
    if field == RequestField.TARGET:
        return number_words(Decimal(str(value)), unit)
    return str(value)


def _moment_words(value: object) -> str:
    if not value:
        return _("no date")
    moment = msgspec.convert(value, MomentCard) if isinstance(value, dict) else None
    due = due_words(moment)
    if due is None:
        return str(value)
    return f"{due.text} ({due.means})" if due.means else due.text
