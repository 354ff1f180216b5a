"""Commands that come from a form of a page, through the same table as those of the live doors."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

import msgspec
from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import gettext as _

from synergy.journal.facts import StreamId
from synergy.live.commands import execute, request_for
from synergy.live.rates import spend_command
from synergy.live.refusals import Refused

logger = logging.getLogger(__name__)


def run_command(
    person: Any,
    stream: StreamId,
    name: str,
    data: Mapping[str, Any] | msgspec.Raw,
    command_id: UUID | None = None,
) -> Any:
    """The data of `done`; `data` as fields, or as JSON that nobody has looked at yet. Raises Refused.

    A form that carries a `command_id` may be sent twice and is run once.
    """
    body = msgspec.json.encode(data)
    asked = request_for(person, command_id or uuid4(), str(stream), name, body, person.language)
    spend_command(person.pk)
    try:
        (answer,) = execute([asked], timezone.now())
    except DatabaseError:
        logger.exception("a %s by form could not be saved", name)
        detail = _("The server cannot save at the moment. Your text is kept. Try again.")
        raise Refused("busy", detail, retry_after=3) from None
    if isinstance(answer, Refused):
        raise answer
    return msgspec.json.decode(answer.data) if isinstance(answer.data, msgspec.Raw) else answer.data
