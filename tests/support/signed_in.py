"""A session in which somebody has shown who they are, as a code by mail leaves it."""

from __future__ import annotations

import time
from types import SimpleNamespace
from typing import Any

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY, record_authentication


def has_shown(session: Any, person: Any, *, minutes_ago: int = 0) -> None:
    record_authentication(SimpleNamespace(session=session), person, "code")
    session[AUTHENTICATION_METHODS_SESSION_KEY][-1]["at"] = time.time() - 60 * minutes_ago
    session.save()
