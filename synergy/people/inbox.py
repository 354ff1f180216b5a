"""The mail of a small set-up, read back from the files that it is written to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path

_END_OF_MAIL = b"-" * 79


@dataclass(frozen=True)
class Letter:
    at: datetime
    to: str
    subject: str
    text: str


KEPT_LETTERS = 500


def drop_old_letters(folder: Path, keep: int = KEPT_LETTERS) -> None:
    """Leaves the newest mails in `folder`; a demonstration may run for months."""
    # Django names the files by the time at which they were begun.
    for path in sorted(folder.glob("*.log"))[:-keep]:
        path.unlink(missing_ok=True)


def newest_letters(folder: Path, limit: int = 50) -> list[Letter]:
    """The newest mails that Django's file backend wrote into `folder`, newest first."""
    files = sorted(folder.glob("*.log"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    letters: list[Letter] = []
    for path in files[:limit]:
        letters += [_letter(part) for part in path.read_bytes().split(_END_OF_MAIL) if part.strip()]
    return sorted(letters, key=lambda letter: letter.at, reverse=True)[:limit]


def _letter(raw: bytes) -> Letter:
    message = message_from_bytes(raw.lstrip(), policy=policy.default)
    body = message.get_body(("plain",))
    return Letter(
        # Django dates mails in UTC but does not say so ("-0000").
        at=message["Date"].datetime.replace(tzinfo=UTC),
        to=str(message["To"]),
        subject=str(message["Subject"]),
        text=body.get_content() if body else "",
    )
