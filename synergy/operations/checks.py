"""What `check --deploy` asks of a public site beyond Django's own questions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core import checks


@checks.register(deploy=True)
def controller_is_named(**_options: Any) -> Sequence[checks.CheckMessage]:
    """People are told who answers for their data (Article 13(1)(a) of Regulation (EU) 2016/679)."""
    if settings.CONFIG.controller:
        return []
    return [
        checks.Warning(
            "The page about people's data names no controller.",
            hint="Set CONTROLLER to the name, the address and the data protection officer of who answers for it.",
            id="synergy.W001",
        )
    ]
