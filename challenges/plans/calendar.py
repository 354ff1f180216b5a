"""Deadlines as an iCalendar feed (RFC 5545): one event a day that something is due.

A deadline is a whole day where the plan is; it ends at midnight there, and the description names the zone. A
calendar knows an event by its UID, and takes a newer one by its SEQUENCE: the number of changes of the item.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from challenges.plans.models import Item, Plan, Progress
from challenges.plans.queries.due import DATED
from challenges.plans.words import progress_word

HOURS_BETWEEN = 6
"""How often calendars are asked to look again."""


def feed_of(name: str, items: Iterable[Item], link: Callable[[Item], str]) -> bytes:
    """The feed; `items` have their plans, and a date each. `link` gives the full address of an item."""
    calendar = Calendar()
    calendar.add("prodid", "-//Synergy//Deadlines//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", timedelta(hours=HOURS_BETWEEN), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", f"PT{HOURS_BETWEEN}H")
    for item in items:
        calendar.add_component(_event(item, link(item)))
    text: bytes = calendar.to_ical()
    return text


def dated_items(plan: Plan) -> list[Item]:
    """All of the plan that has a last day, whoever answers for it; what comes first, first. One query."""
    rows = Item.objects.filter(plan=plan, kind__in=DATED, due_until__isnull=False, removed_at__isnull=True)
    return list(rows.select_related("plan", "owner").order_by("due_until", "pk"))


def _event(item: Item, address: str) -> Event:
    assert item.due_until is not None
    event = Event()
    event.add("uid", f"plan-item-{item.pk}@{_here()}")
    event.add("dtstamp", item.plan.changed_at)
    event.add("last-modified", item.plan.changed_at)
    event.add("sequence", sum(item.revisions.values()))
    event.add("dtstart", item.due_until)
    event.add("dtend", item.due_until + timedelta(days=1))
    event.add("summary", _title(item))
    event.add("description", _description(item, address))
    event.add("url", address)
    event.add("transp", "TRANSPARENT")
    return event


def _title(item: Item) -> str:
    if item.progress == Progress.COMPLETE:
        return _("Done: %(title)s") % {"title": item.title}
    return _("Due: %(title)s") % {"title": item.title}


def _description(item: Item, address: str) -> str:
    lines = [
        item.plan.title,
        _("Due: %(wording)s") % {"wording": item.due_wording},
        _("The day ends at midnight, %(zone)s time.") % {"zone": item.plan.time_zone},
        _("Progress: %(progress)s") % {"progress": progress_word(item.progress)},
        address,
    ]
    return "\n".join(line for line in lines if line)


def _here() -> str:
    """Names this installation, for ever and whatever its address."""
    return f"{salted_hmac('plans.calendar', 'uid').hexdigest()[:16]}.synergy"
