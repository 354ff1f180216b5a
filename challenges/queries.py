"""Reads, through the person who looks: a challenge that one may not see cannot be in hand."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from copy import copy

from django.db.models import Q, QuerySet

from challenges.models import Attachment, Challenge, Confidentiality, State
from challenges.rules import can_bring, can_facilitate, can_see, is_own
from synergy.cohorts.models import Cohort, Seat
from synergy.cohorts.queries import seats_of
from synergy.cohorts.rules import can_moderate
from synergy.journal.facts import StreamId
from synergy.people.models import Person


def challenge_stream(challenge_id: int) -> StreamId:
    return StreamId("challenge", challenge_id)


def challenge_for(person: Person, pk: int) -> Challenge | None:
    """The challenge with the person's active `seat`; None when there is no such challenge for them."""
    return challenge_for_each([person], pk).get(person.pk)


def challenge_for_each(persons: Sequence[Person], pk: int) -> dict[int, Challenge]:
    """`challenge_for` for many persons at once, by their ids. Three queries."""
    return _seen_by({person.pk: person for person in persons}, pk)


def challenge_readers(challenge_id: int, person_ids: Collection[int]) -> set[int]:
    """Which of these persons may follow the challenge. Four queries."""
    persons = Person.objects.filter(pk__in=person_ids, is_active=True)
    return set(_seen_by(persons.in_bulk(), challenge_id))


def challenges_for(person: Person) -> list[Challenge]:
    """All that the person may see, with institution, cohort and tags; first what waits for them.

    That is, for who facilitates: the submitted ones, the longest waiting first. Then come those of one's own
    institution and those that one works on as a peer, then the others, the newest first. Four queries.
    """
    seats = list(seats_of(person))
    worked_on = set(Challenge.objects.filter(peers=person).values_list("pk", flat=True))
    found = list(_rows(seats, worked_on).prefetch_related("tags").order_by("-changed_at", "-pk"))
    for challenge in found:
        challenge.seat = _seat_for(challenge, seats)
        challenge.is_peer = challenge.pk in worked_on
    return sorted(found, key=lambda challenge: _place(person, challenge))


def cohorts_to_bring_to(person: Person) -> list[Cohort]:
    """The cohorts where the person may begin a challenge for their institution; the newest first."""
    return [seat.cohort for seat in seats_of(person) if can_bring(seat)]


def attachment_for(person: Person, pk: int) -> Attachment | None:
    """A file of a challenge that the person may see."""
    attachment = Attachment.objects.filter(pk=pk).first()
    if attachment is None or challenge_for(person, attachment.challenge_id) is None:
        return None
    return attachment


def _seen_by(persons: dict[int, Person], pk: int) -> dict[int, Challenge]:
    """{person id: the challenge as this person sees it}; who may not see it is left out."""
    challenge = Challenge.objects.select_related("institution", "cohort__edition").filter(pk=pk).first()
    if challenge is None:
        return {}
    seats: dict[int, list[Seat]] = {}
    programme = challenge.cohort.edition.programme_id
    active = Seat.objects.filter(person__in=persons, ended_at__isnull=True)
    for seat in active.filter(cohort__edition__programme=programme).select_related("cohort__edition"):
        seats.setdefault(seat.person_id, []).append(seat)
    peers = set(challenge.peers.filter(pk__in=persons).values_list("pk", flat=True))
    found = {}
    for person_id, own in seats.items():
        seen = copy(challenge)
        seen.seat, seen.is_peer = _seat_for(challenge, own), person_id in peers
        if can_see(persons[person_id], seen):
            found[person_id] = seen
    return found


def _seat_for(challenge: Challenge, seats: Sequence[Seat]) -> Seat | None:
    """Of the active seats of one person: the one in the cohort, else one in the programme."""
    programme = challenge.cohort.edition.programme_id
    near = [seat for seat in seats if seat.cohort.edition.programme_id == programme]
    return next((seat for seat in near if seat.cohort_id == challenge.cohort_id), next(iter(near), None))


def _rows(seats: Sequence[Seat], worked_on: Collection[int]) -> QuerySet[Challenge]:
    """What `rules.can_see` allows with these seats of one person; `worked_on` holds ids of challenges."""
    shown = Q(submitted_at__isnull=False) & ~Q(state=State.RETURNED)
    visible = Q(pk__in=[])
    for seat in seats:
        here = Q(cohort=seat.cohort_id)
        visible |= here & Q(institution=seat.institution_id)
        visible |= here & shown & (Q(confidentiality=Confidentiality.COHORT) | Q(pk__in=worked_on))
        programme = Q(cohort__edition__programme=seat.cohort.edition.programme_id)
        visible |= programme & shown & Q(confidentiality=Confidentiality.PROGRAMME)
        if can_moderate(seat):
            visible |= here & Q(submitted_at__isnull=False)
    return Challenge.objects.select_related("institution", "cohort__edition").filter(visible)


def _place(person: Person, challenge: Challenge) -> tuple[int, float]:
    """Where it stands in the list; equals keep their order."""
    if challenge.state == State.SUBMITTED and challenge.submitted_at and can_facilitate(person, challenge):
        return (0, challenge.submitted_at.timestamp())
    return (1 if is_own(person, challenge) or challenge.is_peer else 2, 0)
