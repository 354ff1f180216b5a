"""What tests of challenges share: commands through the real table, and how they are turned down."""

import uuid

import msgspec

from challenges.queries import challenge_stream
from synergy.live.commands import execute, request_for
from synergy.live.refusals import Refused
from tests.factories import NOON


def do(challenge, person, name, now=NOON, **fields):
    """The answer to `challenge.<name>`: what `done` carries, or the Refused."""
    stream = str(challenge_stream(challenge.pk))
    asked = request_for(person, uuid.uuid4(), stream, f"challenge.{name}", msgspec.json.encode(fields), "en")
    (answer,) = execute([asked], now)
    return answer if isinstance(answer, Refused) else answer.data


def change(challenge, person, field, value, base=0):
    return do(challenge, person, "change", field=field, value=value, base=base)
