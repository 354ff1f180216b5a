"""From a record to a draft.

# Note [Nothing is lost]

A challenge here has other fields than one elsewhere. What has a field goes there; everything else stands at
the end of `situation`, each under its name, fields that nobody has seen before, too. What cannot be told from
the record stays empty, above all the key question: that is for the people who bring the challenge.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from challenges.actions.tags import TAGS_LIMIT, tags_named
from challenges.actions.writing import LINES, TEXT_LIMIT
from challenges.importing.moments import read_moment
from challenges.importing.reading import ImportFailed, Record, line_of, prose_of
from challenges.models import Challenge
from challenges.rules import can_bring
from rooms.text import clean_line
from synergy.cohorts.actions import lock_cohort
from synergy.cohorts.models import Cohort, Seat
from synergy.cohorts.queries import seat_in
from synergy.people.models import Person

SOURCE = "challenge.gov"
TITLE, KEY, TAGS = "challenge-title", "challenge-id", "type-of-challenge"
TEXTS = {"description": "situation", "tagline": "desired_result", "rules": "constraints"}
STAKEHOLDERS = ("agency", "partner-agencies-federal", "partners-non-federal")
MOMENTS = ("submission-start", "submission-end")
IN_FIELDS = {TITLE, *TEXTS, *STAKEHOLDERS}


@dataclass
class ChallengeImport:
    """What an import did. `remarks` are what somebody should look at, with the number of the record's challenge."""

    made: list[Challenge] = field(default_factory=list)
    kept: int = 0
    """Challenges that an earlier import brought; they are left as people have them now."""
    remarks: list[str] = field(default_factory=list)


def import_challenges(
    *, records: Sequence[Record], cohort: Cohort, person: Person, now: datetime
) -> ChallengeImport:
    """Drafts of the person's institution. Imported again, nothing is added. Raises ImportFailed."""
    done = ChallengeImport()
    with transaction.atomic():
        seat = seat_in(person, cohort.pk)
        if seat is None or not can_bring(seat):
            raise ImportFailed(f"{person.email} is no participant of this cohort")
        lock_cohort(cohort.pk)
        known = set(Challenge.objects.filter(cohort=cohort).values_list("source", flat=True))
        for record in records:
            if _source(record) in known:
                done.kept += 1
            else:
                done.made.append(_bring(record, seat, now, done.remarks))
    return done


def _source(record: Record) -> str:
    return clean_line(f"{SOURCE} {line_of(record[KEY])}", 200)


def _bring(record: Record, seat: Seat, now: datetime, remarks: list[str]) -> Challenge:
    found: list[str] = []
    texts = _texts(record, found)
    challenge = Challenge.objects.create(
        cohort_id=seat.cohort_id,
        institution=seat.institution,
        language="en",
        source=_source(record),
        created_by=seat.person,
        created_at=now,
        changed_at=now,
        revisions=dict.fromkeys(texts, 1),
        editors=dict.fromkeys(texts, seat.person_id),
        **texts,
    )
    challenge.tags.set(tags_named(seat.cohort_id, _tags(record)[:TAGS_LIMIT]))
    remarks += [f"{line_of(record[KEY])}: {remark}" for remark in found]
    return challenge


def _texts(record: Record, remarks: list[str]) -> dict[str, str]:
    """{field: text} of those that the record fills. See the Note [Nothing is lost]."""
    title = line_of(record[TITLE])
    texts = {to: prose_of(record.get(name, "")) for name, to in TEXTS.items()}
    texts["title"] = clean_line(title, LINES["title"])
    texts["stakeholders"] = "\n".join(
        f"- {line}" for name in STAKEHOLDERS if (line := line_of(record.get(name, "")))
    )
    rest = _rest(record, remarks)
    if texts["title"] != title:
        rest.insert(0, f"## {_heading(TITLE)}\n\n{title}")
        remarks.append("its title is too long and was cut; the whole is in the situation")
    texts["situation"] = "\n\n".join(part for part in (texts["situation"], *rest) if part)
    remarks += [
        f"{name} has {len(text)} characters; there is room for {TEXT_LIMIT} when it is changed"
        for name, text in texts.items()
        if len(text) > TEXT_LIMIT
    ]
    return {name: text for name, text in texts.items() if text}


def _rest(record: Record, remarks: list[str]) -> list[str]:
    """What has no field: long texts under a heading, then the short ones as a list."""
    lines, parts = [], []
    for name, value in record.items():
        if name in IN_FIELDS:
            continue
        text = _moment(name, line_of(value), remarks) if name in MOMENTS else prose_of(value)
        if not text:
            continue
        if "\n" in text:
            parts.append(f"## {_heading(name)}\n\n{text}")
        else:
            lines.append(f"- {_heading(name)}: {text}")
    _check_order(record, remarks)
    return [*parts, "\n".join(lines)]


def _moment(name: str, text: str, remarks: list[str]) -> str:
    """The moment, and what it was written as; what is not understood stays as it is, and is said."""
    moment = read_moment(text)
    if moment is not None:
        return f"{moment} (written as “{text}”)"
    if text:
        remarks.append(f"{name} is not understood as a date: {text}")
    return text


def _check_order(record: Record, remarks: list[str]) -> None:
    start, end = (read_moment(line_of(record.get(name, ""))) for name in MOMENTS)
    if start and end and end.day < start.day:
        remarks.append(f"it ends on {end.day}, before it starts on {start.day}")


def _tags(record: Record) -> list[str]:
    value = record.get(TAGS, [])
    names = [value] if isinstance(value, str) else value
    return list(dict.fromkeys(name for each in names if (name := clean_line(each, 40))))


def _heading(name: str) -> str:
    words = name.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:]
