"""How a command, an open or a signal is turned down. Nothing was changed when one of these is raised."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Literal

from django.utils.translation import gettext as _

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


STATUS: Mapping[Code, int] = {
    "malformed": 400,
    "invalid": 400,
    "unknown_op": 400,
    "unknown_command": 404,
    "forbidden": 403,
    "not_found": 404,
    "conflict": 409,
    "too_large": 413,
    "rate_limited": 429,
    "busy": 503,
}
"""The HTTP status of each."""


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

    @property
    def words(self) -> str:
        """What is said where it does not stand beside its fields."""
        return " ".join(self.fields.values()) if self.fields else self.detail

    @property
    def headers(self) -> dict[str, str]:
        """The headers of the HTTP answer: whole seconds to wait, if any."""
        return {} if self.retry_after is None else {"Retry-After": str(math.ceil(self.retry_after))}


def busy() -> Refused:
    """The database did not answer."""
    return Refused(
        "busy", _("The server cannot save at the moment. Your text is kept. We try again."), retry_after=3
    )
