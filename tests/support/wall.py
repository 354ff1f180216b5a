"""What tests of a gathering's actions share: who acts, what the log heard, and how they are turned down."""

import json
import uuid

import msgspec
import pytest
from django.db import transaction

from sessions.openspace.queries import gathering_stream
from synergy.journal import log
from synergy.live.commands import execute, request_for
from synergy.live.refusals import Refused
from tests.factories import NOON


def by(wall, person, **fields):
    """The arguments that every action takes, with the gathering as the person sees it."""
    return {"person": person, "gathering": wall.into(person), "now": NOON, **fields}


def events(wall, name=None):
    """The gathering's events as they are sent; those with the name, if one is given."""
    found = [json.loads(entry.wire) for entry in log.since(gathering_stream(wall.gathering.pk), 0, 10_000)]
    return [event for event in found if name is None or event["name"] == name]


def refusal(act, *args, **fields):
    """How `act` is turned down, with words for the person."""
    with pytest.raises(Refused) as caught, transaction.atomic():
        act(*args, **fields)
    assert caught.value.detail
    return caught.value


def may(wall, person, name, fields):
    """Whether the person may do this. All refusals that are not about rights are failures of the test."""
    is_report = name.startswith("report.") and name != "report.remind"
    stream = f"topic:{wall.topic.pk}" if is_report else f"gathering:{wall.gathering.pk}"
    request = request_for(person, uuid.uuid4(), stream, name, msgspec.json.encode(fields), "en")
    (answer,) = execute([request], NOON)
    if isinstance(answer, Refused):
        assert answer.code in ("forbidden", "not_found"), (name, answer)
        assert answer.detail
    return not isinstance(answer, Refused)
