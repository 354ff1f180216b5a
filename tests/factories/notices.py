"""Notices and their kinds."""

from itertools import count

from synergy.notices import kinds
from synergy.notices.actions import notify
from synergy.notices.kinds import NoticeKind
from tests.factories.cohorts import NOON

_number = count(1)


def make_kind(name="plan_returned", **words):
    """A kind that is registered; `kinds._kinds` is put back by the fixture that holds it."""
    said = {
        "group": "Plans",
        "label": "Your plan comes back",
        "title": "Questions on your plan: %(title)s",
        "text": "%(who)s has read “%(title)s”, and asks:",
    }
    kind = NoticeKind(name=name, **{**said, **words})
    kinds._kinds[name] = kind
    return kind


def tell(*people, kind="plan_returned", key=None, address="/rooms/", now=NOON, **values):
    """Tells the people something of a kind that is registered."""
    said = {"title": "Better letters", "who": "Lucia", **values}
    notify(people=people, kind=kind, key=key or str(next(_number)), values=said, address=address, now=now)
