"""Reads, through the person who looks: a challenge that one may not see cannot be in hand."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from copy import copy

from django.db.models import Q, QuerySet

from challenges.cards import doors_of, file_card, step_card
from challenges.events import ChallengeCard
from challenges.models import Attachment, Challenge, Confidentiality, State, Step
from challenges.rules import can_bring, can_facilitate, can_see, is_author, is_own
from rooms.events import PersonCard
from rooms.queries import people_of
from synergy.cohorts.models import Cohort, Seat
from synergy.cohorts.queries import seats_of
from synergy.cohorts.rules import can_moderate
from synergy.journal.facts import StreamId
from synergy.people.models import Person

NOT_IN_LISTS = ("situation", "tried", "stakeholders", "desired_result", "constraints", "revisions", "editors")
"""Long texts that `challenges_for` leaves in the database; reading one costs a query."""


def challenge_stream(challenge_id: int) -> StreamId:
    return StreamId("challenge", challenge_id)


def challenge_for(person: Person, pk: int) -> Challenge | None:
    """The challenge with the person's active `seat`; None when there is no such challenge for them."""
    return challenge_for_each([person], pk).get(person.pk)


def challenge_for_each(persons: Sequence[Person], pk: int) -> dict[int, Challenge]:
    """`challenge_for` for many persons at once, by their ids. Three queries."""
    return _seen_by([person.pk for person in persons], pk)


def challenge_readers(challenge_id: int, person_ids: Collection[int]) -> set[int]:
    """Which of these persons may follow the challenge. Three queries."""
    return set(_seen_by(person_ids, challenge_id))


def challenge_state_of(person: Person, challenge: Challenge) -> ChallengeCard:
    """The fresh state for the person. Never more queries for a longer history or more files."""
    steps = list(challenge.steps.order_by("pk"))
    return ChallengeCard(
        id=challenge.pk,
        cohort=challenge.cohort_id,
        institution=challenge.institution_id,
        institution_name=challenge.institution.name,
        country=challenge.institution.country,
        language=challenge.language,
        title=challenge.title,
        situation=challenge.situation,
        tried=challenge.tried,
        stakeholders=challenge.stakeholders,
        key_question=challenge.key_question,
        desired_result=challenge.desired_result,
        constraints=challenge.constraints,
        summary=challenge.summary,
        confidentiality=challenge.confidentiality,
        state=challenge.state,
        tags=sorted(challenge.tags.values_list("name", flat=True)),
        files=[file_card(each) for each in challenge.attachments.order_by("pk")],
        steps=[step_card(each) for each in steps],
        revisions=challenge.revisions,
        editors=challenge.editors,
        created_by=challenge.created_by_id,
        created_at=challenge.created_at,
        submitted_at=challenge.submitted_at,
        open=doors_of(challenge.state, was_submitted=challenge.submitted_at is not None),
        author=is_author(person, challenge),
        facilitator=can_facilitate(person, challenge),
        people=_people(person, challenge, steps),
        me=person.pk,
    )


def challenges_for(person: Person) -> list[Challenge]:
    """All that the person may see, with institution, cohort and tags; first what waits for them.

    That is, for who facilitates: the submitted ones, the longest waiting first. Then come those of one's own
    institution and those that one works on as a peer, then the others, the newest first. Four queries.
    """
    seats = list(seats_of(person))
    worked_on = set(Challenge.objects.filter(peers=person).values_list("pk", flat=True))
    rows = _rows(seats, worked_on).defer(*NOT_IN_LISTS).prefetch_related("tags")
    found = list(rows.order_by("-changed_at", "-pk"))
    for challenge in found:
        challenge.seat = _seat_for(challenge, seats)
        challenge.is_peer = challenge.pk in worked_on
    return sorted(found, key=lambda challenge: _place(person, challenge))


def visible_challenges(person: Person) -> QuerySet[Challenge]:
    """All that the person may see, in no order, with institution, cohort and tags and without long texts."""
    worked_on = set(Challenge.objects.filter(peers=person).values_list("pk", flat=True))
    return _rows(list(seats_of(person)), worked_on).defer(*NOT_IN_LISTS).prefetch_related("tags")


def cohorts_to_bring_to(person: Person) -> list[Cohort]:
    """The cohorts where the person may begin a challenge for their institution; the newest first."""
    return [seat.cohort for seat in seats_of(person) if can_bring(seat)]


def attachment_for(person: Person, pk: int) -> Attachment | None:
    """A file of a challenge that the person may see."""
    attachment = Attachment.objects.filter(pk=pk).first()
    if attachment is None or challenge_for(person, attachment.challenge_id) is None:
        return None
    return attachment


def _people(person: Person, challenge: Challenge, steps: Sequence[Step]) -> dict[str, PersonCard]:
    """See `ChallengeCard.people`."""
    people = people_of(challenge.cohort_id)
    if challenge.seat is not None and challenge.seat.cohort_id == challenge.cohort_id:
        return people
    named = {challenge.created_by_id, *challenge.editors.values(), *(step.by_id for step in steps)}
    return {key: card for key, card in people.items() if card.id in named}


def _seen_by(person_ids: Collection[int], pk: int) -> dict[int, Challenge]:
    """{person id: the challenge as this person sees it}; who may not see it is left out."""
    challenge = Challenge.objects.select_related("institution", "cohort__edition").filter(pk=pk).first()
    if challenge is None:
        return {}
    seats: dict[int, list[Seat]] = {}
    programme = challenge.cohort.edition.programme_id
    active = Seat.objects.filter(person__in=person_ids, ended_at__isnull=True, person__is_active=True)
    near = active.filter(cohort__edition__programme=programme)
    for seat in near.select_related("person", "cohort__edition").order_by("pk"):
        seats.setdefault(seat.person_id, []).append(seat)
    peers = set(challenge.peers.filter(pk__in=person_ids).values_list("pk", flat=True))
    found = {}
    for person_id, own in seats.items():
        seen = copy(challenge)
        seen.seat, seen.is_peer = _seat_for(challenge, own), person_id in peers
        if can_see(own[0].person, seen):
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
