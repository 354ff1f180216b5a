"""What changes a person, their picture, their password and the places where they are signed in."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.db import DEFAULT_DB_ALIAS, IntegrityError, transaction
from django.db.models import Case, F, ProtectedError, When
from django.db.models.deletion import Collector
from django.utils.translation import gettext as _

from synergy.audit.models import Act
from synergy.audit.trail import note
from synergy.live.access import access_changed
from synergy.live.refusals import Refused
from synergy.people.models import Institution, Person
from synergy.people.names import tidy_name
from synergy.search.index import refresh
from synergy.strays import delete_strays_in

PICTURES = str(Person._meta.get_field("picture").upload_to)
PAUSE = timedelta(minutes=30)
"""Whoever asks for nothing so long has left; what they do afterwards is another visit."""


@transaction.atomic
def register_person(*, email: str, name: str, language: str, time_zone: str) -> Person:
    """The person with this address, made now if there is none yet.

    Somebody who has signed in before is left as they are.
    """
    person, is_new = Person.objects.get_or_create(
        email=email.strip().lower(),
        defaults={
            "name": tidy_name(name),
            "language": language,
            "time_zone": time_zone,
            "password": make_password(None),
        },
    )
    if not is_new and person.last_login is None:
        change_profile(person=person, name=name, language=language, time_zone=time_zone)
    return person


@transaction.atomic
def change_profile(*, person: Person, name: str, language: str, time_zone: str) -> None:
    person.name, person.language, person.time_zone = tidy_name(name), language, time_zone
    person.save(update_fields=["name", "language", "time_zone"])
    refresh("person", list(person.seats.values_list("pk", flat=True)))


@transaction.atomic
def set_language(*, person: Person, language: str) -> None:
    person.language = language
    person.save(update_fields=["language"])


@transaction.atomic
def set_picture(*, person: Person, picture: ContentFile[bytes] | None) -> None:
    """Replaces the picture, or takes it away. The old file goes after the commit."""
    old = person.picture.name
    if picture is None:
        person.picture = ""
    else:
        person.picture.save(picture.name or "picture.webp", picture, save=False)
    person.save(update_fields=["picture"])
    if old:
        transaction.on_commit(lambda: person.picture.storage.delete(old), robust=True)


def delete_stray_pictures(now: datetime) -> int:
    """Those of nobody: the process ended between the commit and the deletion. Returns how many."""
    pictures = Person.objects.exclude(picture="").values_list("picture", flat=True)
    return delete_strays_in(PICTURES, lambda: pictures, now)


@transaction.atomic
def set_password(*, person: Person, password: str | None, session_key: str, now: datetime) -> None:
    """Sets a password, or takes it away, and ends all of the person's other sessions."""
    person.set_password(password)
    person.save(update_fields=["password"])
    note(Act.PASSWORD, by=person.pk, now=now)
    _end(UserSession.objects.filter(user=person).exclude(session_key=session_key))
    access_changed([person.pk], now)


@transaction.atomic
def end_sessions(*, person: Person, keys: Collection[str], now: datetime) -> int:
    """Signs the person out where these session keys are used; live sockets close within a second.

    Returns how many of the person's sessions ended; keys of others change nothing.
    """
    ended = _end(UserSession.objects.filter(user=person, session_key__in=keys))
    if ended:
        access_changed([person.pk], now)
    return ended


def _end(sessions: Iterable[UserSession]) -> int:
    ending = list(sessions)
    for session in ending:
        session.end()
    return len(ending)


def note_sign_of_life(session_key: str, now: datetime) -> None:
    """The session is in use, and the person is here; after a PAUSE, they come back from where they had left."""
    UserSession.objects.filter(session_key=session_key).update(last_seen_at=now)
    is_back = When(seen_at__lt=now - PAUSE, then=F("seen_at"))
    Person.objects.filter(usersession__session_key=session_key).update(
        left_at=Case(is_back, default=F("left_at")), seen_at=now
    )


def forget_ended_sessions(now: datetime) -> int:
    """Removes what lists tell of sessions that have run out. Returns how many."""
    living = Session.objects.filter(expire_date__gt=now).values("session_key")
    ended: int = UserSession.objects.exclude(session_key__in=living).delete()[0]
    return ended


def add_institution(*, name: str, country: str, tier: str) -> Institution:
    """Raises Refused("conflict") when the country has an institution of this name, in whatever letters."""
    return _saved(Institution(name=tidy_name(name), country=country, tier=tier))


def change_institution(*, institution: Institution, name: str, country: str, tier: str) -> Institution:
    """The same for one that is there. Who finds people by their institution finds them by the new name."""
    return _saved(Institution(pk=institution.pk, name=tidy_name(name), country=country, tier=tier))


def _saved(institution: Institution) -> Institution:
    same = Institution.objects.filter(name__iexact=institution.name, country=institution.country)
    try:
        with transaction.atomic():
            if same.exclude(pk=institution.pk).exists():
                raise IntegrityError
            institution.save()
    except IntegrityError:
        raise Refused("conflict", _("This institution is in the list already.")) from None
    return institution


def is_used(institution: Institution) -> bool:
    """Whether anything at all belongs to it."""
    try:
        Collector(using=DEFAULT_DB_ALIAS, origin=institution).collect([institution])
    except ProtectedError:
        return True
    return False


def remove_institution(*, institution: Institution) -> None:
    """Raises Refused("conflict") when anything belongs to it."""
    try:
        institution.delete()
    except ProtectedError:
        detail = _("This institution has people, invitations, challenges or plans, so it stays.")
        raise Refused("conflict", detail) from None
