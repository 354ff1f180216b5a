"""What challenges keep of a person, for their own data."""

from __future__ import annotations

from challenges.models import Attachment, Challenge, Step
from synergy.people.own_data import Rows, edited_by, register, register_teller


def tell_own_data() -> None:
    register(
        Rows(
            Challenge,
            ("created_by",),
            ("cohort__name", "institution__name", "title", "state", "created_at", "submitted_at"),
        ),
        Rows(Step, ("by",), ("challenge__title", "from_state", "to_state", "at", "why")),
        Rows(
            Attachment,
            ("by",),
            ("challenge__title", "at", "name", "content_type", "size"),
            files=("file",),
        ),
    )
    register_teller("challenges_you_wrote_in", edited_by(Challenge, "title", "changed_at"))
