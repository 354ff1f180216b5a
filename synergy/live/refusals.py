"""How a command, an open or a signal is turned down. Nothing was changed when one of these is raised."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

Code = Literal[
    "malformed",
    "unknown_op",
    "unknown_command",
    "invalid",
    "forbidden",
    "not_found",
    "conflict",
    "too_large",
    "rate_limited",
    "busy",
]


class Refused(Exception):
    """Turned down with a `code` for programs and a `detail` for the person, in their language.

    `fields` says what is wrong per field; `present` is the state that a conflict was with;
    `retry_after` is in seconds.
    """

    def __init__(
        self,
        code: Code,
        detail: str,
        *,
        fields: Mapping[str, str] | None = None,
        present: Any = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail
        self.fields = fields
        self.present = present
        self.retry_after = retry_after
