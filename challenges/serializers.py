"""What programs are answered about challenges."""

from __future__ import annotations

from datetime import datetime

import msgspec

from challenges.models import Challenge


class ChallengeRow(msgspec.Struct, frozen=True):
    """A challenge in a list. `address` is its page here."""

    id: int
    cohort: int
    institution: int
    institution_name: str
    country: str
    title: str
    key_question: str
    language: str
    state: str
    confidentiality: str
    tags: list[str]
    submitted_at: datetime | None
    changed_at: datetime
    address: str


class ChallengePage(msgspec.Struct, frozen=True):
    """In the order of their last change. `next` goes into `after`; null on the last page."""

    challenges: list[ChallengeRow]
    next: str | None


def challenge_row(row: Challenge) -> ChallengeRow:
    """Reads institution and tags: fetch them for lists."""
    return ChallengeRow(
        id=row.pk,
        cohort=row.cohort_id,
        institution=row.institution_id,
        institution_name=row.institution.name,
        country=row.institution.country,
        title=row.title,
        key_question=row.key_question,
        language=row.language,
        state=row.state,
        confidentiality=row.confidentiality,
        tags=sorted(tag.name for tag in row.tags.all()),
        submitted_at=row.submitted_at,
        changed_at=row.changed_at,
        address=f"/challenges/{row.pk}/",
    )
