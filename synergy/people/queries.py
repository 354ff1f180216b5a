from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from synergy.alphabet import alphabetical
from synergy.people.models import Institution, Person


def person_with_email(email: str) -> Person | None:
    return Person.objects.filter(email=email.strip().lower()).first()


def sessions_of(person: Person) -> list[UserSession]:
    """Where the person is signed in, last used first."""
    living = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    sessions = UserSession.objects.filter(user=person, session_key__in=living)
    return list(sessions.order_by("-last_seen_at", "-pk"))


def institutions() -> QuerySet[Institution]:
    return Institution.objects.order_by("country", alphabetical("name"))
