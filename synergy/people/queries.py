from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.db.models import QuerySet

from synergy.people.models import Institution, Person


def person_with_email(email: str) -> Person | None:
    return Person.objects.filter(email=email.strip().lower()).first()


def sessions_of(person: Person) -> list[UserSession]:
    """Where the person is signed in, last used first. Sessions that no longer hold are dropped on the way."""
    sessions: list[UserSession] = UserSession.objects.purge_and_list(person)
    return sorted(sessions, key=lambda session: session.last_seen_at, reverse=True)


def institutions() -> QuerySet[Institution]:
    return Institution.objects.order_by("country", "name")
