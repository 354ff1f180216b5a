"""Taking a person out for good: their account, their words, and their name wherever it stands.

# Note [What stays without a name]

The row of the person stays, as "A former participant" that nobody can sign in as: plans, decisions and reports
lead to it, and institutions need those. The log's `by` stays, too; it leads to the same nameless row. What was
personal goes: each app registers an eraser from its `AppConfig.ready`. At last the name and the address are
replaced in every column of text there is and in the log, alike, so that state and log still agree.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

import msgspec
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection, models, transaction
from django.db.models import Field, Model, Q
from django.db.models.functions import Cast

from synergy.journal.models import Event, Receipt
from synergy.live.access import access_changed
from synergy.people.actions import set_picture
from synergy.people.models import Person
from synergy.search.engine import forget_deleted_words
from synergy.search.index import refresh
from synergy.search.models import Document

NOBODY = "A former participant"
_TEXTS = {"CharField", "TextField", "URLField", "EmailField", "SlugField"}
_BATCH = 200


@dataclass(frozen=True)
class Swap:
    """What must not be found any more: {word: what stands there instead}."""

    words: Mapping[str, str]

    @property
    def spellings(self) -> dict[str, str]:
        """The words, and as JSON writes them."""
        found = {}
        for word, instead in self.words.items():
            for written in (word, json.dumps(word, ensure_ascii=False)[1:-1], json.dumps(word)[1:-1]):
                found[written.lower()] = instead
        return found

    @property
    def asked(self) -> set[str]:
        """What the database is asked for: some know small and capital letters of English alone."""
        return {*self.spellings, *self.words}

    def matches(self, text: str) -> list[tuple[int, int, str]]:
        """[(from, until, what stands there instead)], in order."""
        found = []
        for written, instead in self.spellings.items():
            found += [(*each.span(), instead) for each in _pattern(written).finditer(text)]
        return sorted(found)

    def text(self, text: str) -> str:
        for written, instead in self.spellings.items():
            text = _pattern(written).sub(instead, text)
        return text

    def value(self, value: Any) -> Any:
        """The same in plain JSON, its keys included."""
        match value:
            case str():
                return self.text(value)
            case list():
                return [self.value(each) for each in value]
            case dict():
                return {self.text(key): self.value(each) for key, each in value.items()}
        return value


Eraser = Callable[[Person, Swap, datetime], Mapping[str, int]]
_erasers: list[Eraser] = []


def register(eraser: Eraser) -> None:
    """`eraser` runs inside the one transaction, before the name goes; it returns {what: how many}."""
    _erasers.append(eraser)


def erase_person(*, person: Person, now: datetime, is_rehearsal: bool = False) -> dict[str, int]:
    """{what: how many}. A rehearsal does all of it and takes it back. Files go after the commit.

    A name that somebody else has, too, stays in what others wrote. Raises Refused when the person is the last
    organiser of a cohort.
    """
    swap = Swap(_words_of(person))
    counts: dict[str, int] = {}
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")  # what is deleted is overwritten in the file, too
    with transaction.atomic():
        for eraser in _erasers:
            counts.update(eraser(person, swap, now))
        documents = _documents_with(swap)
        counts |= _close_account(person, now)
        counts |= _sweep(swap)
        for kind, ids in documents.items():
            refresh(kind, ids)
        forget_deleted_words()
        transaction.on_commit(partial(_delete_letters, list(swap.words)), robust=True)
        if is_rehearsal:
            transaction.set_rollback(True)
    return {what: count for what, count in counts.items() if count}


def _words_of(person: Person) -> dict[str, str]:
    words = {person.email: f"former-{person.pk}@erased.invalid"}
    if not Person.objects.filter(name__iexact=person.name).exclude(pk=person.pk).exists():
        words[person.name] = NOBODY
    return words


def _pattern(word: str) -> re.Pattern[str]:
    """A name of one word stands alone; a full name or an address may have an ending: "Boros Péterrel"."""
    ends = "" if " " in word or "@" in word else r"(?!\w)"
    return re.compile(rf"(?<!\w){re.escape(word)}{ends}", re.IGNORECASE)


def _close_account(person: Person, now: datetime) -> dict[str, int]:
    sessions = list(UserSession.objects.filter(user=person))
    for session in sessions:
        session.end()
    others = _other_sessions(person)
    Session.objects.filter(pk__in=others).delete()
    counts = {
        "sign-ins": len(sessions) + len(others),
        "addresses": EmailAddress.objects.filter(user=person).delete()[0],
        "second steps": Authenticator.objects.filter(user=person).delete()[0],
        "answers to commands": Receipt.objects.filter(by=person.pk).delete()[0],
        "pictures": int(bool(person.picture)),
    }
    set_picture(person=person, picture=None)
    person.name, person.email = NOBODY, f"former-{person.pk}@erased.invalid"
    person.language, person.is_active, person.last_login = "en", False, None
    person.seen_at = person.left_at = None
    person.time_zone = str(Person._meta.get_field("time_zone").default)
    person.set_unusable_password()
    person.save()
    access_changed([person.pk], now)
    return counts


def _other_sessions(person: Person) -> list[str]:
    """Those of the person that no list tells of, such as a sign-in that has only begun."""
    found = []
    for session in Session.objects.iterator():
        data = session.get_decoded()
        if (
            data.get("_auth_user_id") == str(person.pk)
            or person.email in json.dumps(data, default=str).lower()
        ):
            found.append(session.pk)
    return found


def _documents_with(swap: Swap) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for spelling in swap.asked:
        rows = Document.objects.filter(Q(title__icontains=spelling) | Q(text__icontains=spelling))
        for kind, key in rows.values_list("kind", "object_id"):
            found.setdefault(kind, []).append(key)
    return found


def _sweep(swap: Swap) -> dict[str, int]:
    """Replaces the words in every column of text; {"name in <model>": how many rows}."""
    counts = {}
    for model in apps.get_models():
        if model is not Document and model._meta.managed:
            counts[f"name or address in {model._meta.label}"] = _sweep_model(model, swap)
    return counts


def _sweep_model(model: type[Model], swap: Swap) -> int:
    fields = list(_text_fields(model))
    if not fields:
        return 0
    found = Q()
    casts = {f"as_text_{field.name}": Cast(field.name, models.TextField()) for field in fields}
    for spelling in swap.asked:
        for name in casts:
            found |= Q(**{f"{name}__icontains": spelling})
    rows = model._default_manager.alias(**casts).filter(found).only("pk", *(field.name for field in fields))
    changed = 0
    for row in rows.iterator(chunk_size=_BATCH):
        new = {field.name: _swapped(field, getattr(row, field.name), swap) for field in fields}
        new = {name: value for name, value in new.items() if value != getattr(row, name)}
        if new:
            model._default_manager.filter(pk=row.pk).update(**new)
            changed += 1
    return changed


def _text_fields(model: type[Model]) -> Iterator[Field[Any, Any]]:
    for field in model._meta.concrete_fields:
        kind = field.get_internal_type()
        if not field.primary_key and not field.choices and (kind in _TEXTS or kind == "JSONField"):
            yield field


def _swapped(field: Field[Any, Any], value: Any, swap: Swap) -> Any:
    if field.model in (Event, Receipt) and field.name == "body":
        return msgspec.json.encode(swap.value(msgspec.json.decode(value))).decode()
    new = swap.value(value)
    return new[: field.max_length] if isinstance(new, str) and field.max_length else new


def _delete_letters(words: list[str]) -> None:
    """A demonstration keeps its mail in a folder."""
    folder = settings.CONFIG.data_dir / "mail"
    for letter in folder.iterdir() if folder.is_dir() else ():
        text = letter.read_text(errors="ignore").lower() if letter.is_file() else ""
        if any(word.lower() in text for word in words):
            letter.unlink(missing_ok=True)
