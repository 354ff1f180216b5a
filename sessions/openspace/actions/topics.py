"""Proposing topics, and what becomes of them before and beside their rounds."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _
from msgspec import UNSET, UnsetType

from rooms.notes.actions import rename_notes
from rooms.text import clean_line, is_blank
from sessions.openspace.actions.consent import (
    CO_CONVENERS_LIMIT,
    take_back_asked_by,
    take_back_requests,
    void_requests,
)
from sessions.openspace.actions.held import vote_without
from sessions.openspace.actions.permission import (
    offered_topic,
    own_topic,
    require_market,
    require_part,
)
from sessions.openspace.cards import topic_card
from sessions.openspace.events import (
    InterestMarked,
    InterestUnmarked,
    TopicAdopted,
    TopicChanged,
    TopicLeft,
    TopicProposed,
    TopicWithdrawn,
)
from sessions.openspace.models import Gathering, Interest, Placement, Topic, TopicState
from sessions.openspace.queries import gathering_stream
from sessions.openspace.rules import is_convener
from synergy.cohorts.queries import active_seats, seat_in
from synergy.cohorts.rules import can_write
from synergy.journal import log
from synergy.live.refusals import Refused
from synergy.people.models import Person

TITLE_LIMIT = 200
WHY_LIMIT = 500
NOT_WITH_LIMIT = 50
TOPICS_LIMIT = 1_000
"""Most topics of one gathering, withdrawn ones included: they all stand in its state."""


def propose_topic(
    *,
    person: Person,
    gathering: Gathering,
    title: str,
    now: datetime,
    why: str = "",
    language: str = "en",
    co_conveners: Collection[int] = (),
    not_with: Collection[int] = (),
    wished_capacity: int | None = None,
) -> Topic:
    """Puts a topic on the wall, where it waits for a place; the person convenes it. Raises Refused.

    `co_conveners` are ids of persons who take part, `not_with` ids of topics of the same gathering.
    """
    require_market(person, gathering)
    with transaction.atomic(savepoint=False):
        stream = gathering_stream(gathering.pk)
        log.lock(stream)
        topic = Topic(
            gathering=gathering,
            number=_next_number(gathering),
            title=_checked_title(title),
            why=_checked_why(why),
            language=language,
            convener=person,
            proposed_by=person,
            wished_capacity=wished_capacity,
            created_at=now,
        )
        helpers = _able_persons(gathering, co_conveners, besides=person.pk)
        avoided = _topics_named(topic, not_with)
        topic.save(force_insert=True)
        topic.co_conveners.set(helpers)
        topic.not_with.set(avoided)
        log.append(stream, TopicProposed(topics=[topic_card(topic)]), by=person.pk, at=now)
    return topic


def change_topic(
    *,
    person: Person,
    gathering: Gathering,
    topic: int,
    now: datetime,
    title: str | UnsetType = UNSET,
    why: str | UnsetType = UNSET,
    language: str | UnsetType = UNSET,
    co_conveners: Collection[int] | UnsetType = UNSET,
    not_with: Collection[int] | UnsetType = UNSET,
    wished_capacity: int | UnsetType | None = UNSET,
) -> None:
    """Changes what is given of one's own topic; the rest stays. Raises Refused."""
    require_part(person, gathering)
    with transaction.atomic(savepoint=False):
        stream = gathering_stream(gathering.pk)
        log.lock(stream)
        row = own_topic(person, gathering, topic)
        before = topic_card(row)
        row.title = row.title if title is UNSET else _checked_title(title)
        row.why = row.why if why is UNSET else _checked_why(why)
        row.language = row.language if language is UNSET else language
        row.wished_capacity = row.wished_capacity if wished_capacity is UNSET else wished_capacity
        row.save(update_fields=["title", "why", "language", "wished_capacity"])
        if co_conveners is not UNSET:
            row.co_conveners.set(_able_persons(gathering, co_conveners, besides=row.convener_id))
        if not_with is not UNSET:
            row.not_with.set(_topics_named(row, not_with))
        card = topic_card(row)
        if card != before:
            gone = set(before.co_conveners) - set(card.co_conveners)
            fact = TopicChanged(topics=[card], requests=take_back_asked_by(gathering, row, gone))
            log.append(stream, fact, by=person.pk, at=now)
        if row.notes and row.title != before.title:
            rename_notes(person=person, notes=row.notes, title=row.title, now=now)


def withdraw_topic(*, person: Person, gathering: Gathering, topic: int, now: datetime) -> None:
    """Takes one's own topic off the wall; it can still be read there. Raises Refused."""
    require_part(person, gathering)
    with transaction.atomic(savepoint=False):
        stream = gathering_stream(gathering.pk)
        log.lock(stream)
        row = own_topic(person, gathering, topic)
        if Placement.objects.filter(topic=row, slot__ended_at__isnull=False).exists():
            raise Refused(
                "conflict", _("This topic has had its round. It stays on the wall, with its report.")
            )
        row.placements.all().delete()
        row.state = TopicState.WITHDRAWN
        row.save(update_fields=["state"])
        fact = TopicWithdrawn(
            gathering=vote_without(gathering),
            topics=[topic_card(row)],
            requests=void_requests(gathering, [row]),
        )
        log.append(stream, fact, by=person.pk, at=now)


def leave_topic(*, person: Person, gathering: Gathering, topic: int, now: datetime) -> None:
    """Gives up convening. Without its convener the topic keeps its place and can be adopted. Raises Refused."""
    require_part(person, gathering)
    with transaction.atomic(savepoint=False):
        stream = gathering_stream(gathering.pk)
        log.lock(stream)
        row = own_topic(person, gathering, topic)
        if is_convener(person, row):
            row.convener = None
            row.save(update_fields=["convener"])
        else:
            row.co_conveners.remove(person)
        asked = take_back_asked_by(gathering, row, [person.pk])
        fact = TopicLeft(topics=[topic_card(row)], requests=[*asked, *void_requests(gathering, [row])])
        log.append(stream, fact, by=person.pk, at=now)


def adopt_topic(*, person: Person, gathering: Gathering, topic: int, now: datetime) -> None:
    """Takes over a topic that nobody convenes, or whose convener has left the cohort. Raises Refused."""
    require_part(person, gathering)
    with transaction.atomic(savepoint=False):
        stream = gathering_stream(gathering.pk)
        log.lock(stream)
        row = offered_topic(gathering, topic)
        if is_convener(person, row):
            return
        if row.convener and can_write(seat_in(row.convener, gathering.training_session.cohort_id)):
            detail = _("%(name)s convenes this topic. Ask to join as a co-convener.")
            raise Refused("conflict", detail % {"name": row.convener.name})
        row.convener = person
        row.save(update_fields=["convener"])
        row.co_conveners.remove(person)
        # What the convener before has asked for or agreed to does not bind this one.
        asked = take_back_requests(gathering, Q(topic=row) | Q(other=row))
        fact = TopicAdopted(topics=[topic_card(row)], requests=asked)
        log.append(stream, fact, by=person.pk, at=now)


def mark_interest(*, person: Person, gathering: Gathering, topic: int, now: datetime) -> None:
    """Says that one finds the topic interesting; never a duty to come. Twice is once. Raises Refused."""
    require_part(person, gathering)
    with transaction.atomic(savepoint=False):
        stream = gathering_stream(gathering.pk)
        log.lock(stream)
        row = offered_topic(gathering, topic)
        _interest, is_new = Interest.objects.get_or_create(topic=row, person=person)
        if is_new:
            log.append(stream, InterestMarked(topic=row.pk, person=person.pk), by=person.pk, at=now)


def unmark_interest(*, person: Person, gathering: Gathering, topic: int, now: datetime) -> None:
    """Raises Refused."""
    require_part(person, gathering)
    with transaction.atomic(savepoint=False):
        stream = gathering_stream(gathering.pk)
        log.lock(stream)
        row = offered_topic(gathering, topic)
        gone, _by_model = Interest.objects.filter(topic=row, person=person).delete()
        if gone:
            log.append(stream, InterestUnmarked(topic=row.pk, person=person.pk), by=person.pk, at=now)


def _next_number(gathering: Gathering) -> int:
    # Read from the row: the gathering in hand may be from before another command of the same batch.
    Gathering.objects.filter(pk=gathering.pk).update(last_number=F("last_number") + 1)
    number = Gathering.objects.values_list("last_number", flat=True).get(pk=gathering.pk)
    if number > TOPICS_LIMIT:
        raise Refused("conflict", _("The wall is full. Merge topics, or join one that is there."))
    return number


def _checked_title(raw: str) -> str:
    title = clean_line(raw, TITLE_LIMIT + 1)
    if is_blank(title):
        detail = _("Give the topic a title: one question you care about.")
        raise Refused("invalid", detail, fields={"title": detail})
    if len(title) > TITLE_LIMIT:
        detail = _("A title may have %(limit)d characters.") % {"limit": TITLE_LIMIT}
        raise Refused("invalid", detail, fields={"title": detail})
    return title


def _checked_why(raw: str) -> str:
    why = clean_line(raw, WHY_LIMIT + 1)
    if len(why) > WHY_LIMIT:
        detail = _("This line may have %(limit)d characters.") % {"limit": WHY_LIMIT}
        raise Refused("invalid", detail, fields={"why": detail})
    return "" if is_blank(why) else why


def _able_persons(gathering: Gathering, ids: Collection[int], besides: int | None) -> list[Person]:
    """The persons with these ids, who all take part; `besides` is left out."""
    wanted = set(ids) - {besides}
    if not wanted:
        return []
    seats = active_seats(gathering.training_session.cohort_id).filter(person_id__in=wanted)
    found = [seat.person for seat in seats if can_write(seat)]
    if len(found) < len(wanted):
        detail = _("Somebody you named does not take part here. Choose from the list.")
        raise Refused("invalid", detail, fields={"co_conveners": detail})
    if len(found) > CO_CONVENERS_LIMIT:
        detail = _("A topic may have %(limit)d co-conveners.") % {"limit": CO_CONVENERS_LIMIT}
        raise Refused("invalid", detail, fields={"co_conveners": detail})
    return found


def _topics_named(topic: Topic, ids: Collection[int]) -> list[Topic]:
    """The other topics of the wall with these ids."""
    wanted = set(ids) - {topic.pk}
    found = list(Topic.objects.filter(gathering=topic.gathering_id, pk__in=wanted).order_by("number"))
    if len(found) < len(wanted):
        detail = _("A topic you named is not on this wall. Choose from the list.")
        raise Refused("invalid", detail, fields={"not_with": detail})
    if len(found) > NOT_WITH_LIMIT:
        detail = _("Name at most %(limit)d topics.") % {"limit": NOT_WITH_LIMIT}
        raise Refused("invalid", detail, fields={"not_with": detail})
    return found
