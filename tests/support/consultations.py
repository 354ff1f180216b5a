"""What tests of consultations share: commands through the real table, and how they are turned down."""

import uuid

import msgspec

from challenges.consultations.queries import consultation_stream
from synergy.live.commands import execute, request_for
from synergy.live.refusals import Refused
from tests.factories import NOON


def do(run, person, name, now=NOON, **fields):
    """The answer to the command: what `done` carries, or the Refused."""
    stream = str(consultation_stream(run.pk))
    asked = request_for(person, uuid.uuid4(), stream, name, msgspec.json.encode(fields), "en")
    (answer,) = execute([asked], now)
    return answer if isinstance(answer, Refused) else answer.data


def code(answer):
    """The code of a refusal; None when it was done."""
    return answer.code if isinstance(answer, Refused) else None
