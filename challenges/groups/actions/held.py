"""How an action on a mix begins and ends: the stream is locked and the rows read anew; what changed is told.

Streams are locked in this order: `mix`, `groups`, those of rooms by their keys, the cohort's, those of
challenges by their keys.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from challenges.actions.held import require
from challenges.groups.cards import (
    group_cards,
    kept_reasons,
    kept_shortfalls,
    member_cards,
    mix_card,
    place_cards,
    proposed_group_cards,
    shortfall_cards,
)
from challenges.groups.events import GroupsChanged, MemberCard, MixChanged, ProposedGroupCard
from challenges.groups.mixing import Case, Wishes, review
from challenges.groups.models import KeptOut, Mix, TaskGroup
from challenges.groups.queries import groups_stream, mix_stream, participants_of, worked_together
from challenges.groups.rules import can_mix, is_published
from synergy.journal import log
from synergy.live.refusals import Refused
from synergy.people.models import Person


@dataclass(frozen=True)
class Before:
    """The cards as they were, to tell what changed."""

    groups: list[ProposedGroupCard]
    members: list[MemberCard]


def require_school(*, may: bool) -> None:
    """Raises Refused (`forbidden`)."""
    require(may, _("Only facilitators and organisers may do this."))


def hold_to_mix(person: Person, mix: Mix) -> Before:
    """What is read after this stays true until the transaction ends. Raises Refused (`forbidden`)."""
    log.lock(mix_stream(mix.pk))
    mix.refresh_from_db()
    require_school(may=can_mix(person, mix))
    return Before(proposed_group_cards(mix), member_cards(mix))


def group_in(mix: Mix, pk: int) -> TaskGroup:
    """Raises Refused: the groups may have been proposed anew."""
    group = mix.groups.filter(pk=pk).first()
    if group is None:
        raise Refused("conflict", _("This group is not there any more. The groups have been proposed anew."))
    return group


def changed_by_hand(person: Person, mix: Mix, before: Before, now: datetime) -> None:
    """Says anew why everybody is where they are and what is not met, keeps it and tells those who follow."""
    _review(mix)
    mix.save(update_fields=["away", "is_changed_by_hand", "shortfalls"])
    members = member_cards(mix)
    left = sorted({card.id for card in before.members} - {card.id for card in members})
    fact = MixChanged(
        mix=mix_card(mix),
        groups=[card for card in proposed_group_cards(mix) if card not in before.groups],
        members=[card for card in members if card not in before.members],
        shortfalls=shortfall_cards(mix),
        left=left,
    )
    log.append(mix_stream(mix.pk), fact, by=person.pk, at=now)
    if is_published(mix):
        was = {card.id: (card.group, card.reasons) for card in before.members}
        places = [card for card in place_cards(mix) if was.get(card.id) != (card.group, card.reasons)]
        known = {card.id for card in before.groups}
        groups = [card for card in group_cards(mix) if card.id not in known]
        told = GroupsChanged(groups=groups, places=places, left=left)
        log.append(groups_stream(mix.pk), told, by=person.pk, at=now)


def _review(mix: Mix) -> None:
    """Reasons and shortfalls of the groups as they stand. Raises Refused when too few people are left."""
    groups = list(mix.groups.select_related("challenge").order_by("number"))
    ids = {group.challenge_id: group.pk for group in groups}
    rows = list(mix.memberships.select_related("group"))
    cohort = mix.training_session.cohort_id
    here = {person.id: person for person in participants_of(cohort)}
    there = {row.person_id: row.group.challenge_id for row in rows if row.person_id in here}
    if len(there) < len(groups):
        raise Refused("conflict", _("Each group needs somebody."))
    kept_out = KeptOut.objects.filter(group__mix=mix).values_list("person", "group__challenge")
    wishes = Wishes(
        people=tuple(here[person] for person in there),
        cases=tuple(
            Case(each.challenge_id, each.challenge.institution_id, each.wished_size) for each in groups
        ),
        together=worked_together(cohort, besides=mix),
        fixed={
            row.person_id: row.group.challenge_id for row in rows if row.is_locked and row.person_id in here
        },
        kept_out=frozenset(kept_out),
    )
    placed = {case: [person for person, at in there.items() if at == case] for case in ids}
    found = review(wishes, placed, by_hand=mix.is_changed_by_hand)
    mix.shortfalls = kept_shortfalls(found.shortfalls, ids)
    for row in rows:
        row.reasons = kept_reasons(found.reasons.get(row.person_id, ()))
    mix.memberships.bulk_update(rows, ["reasons"])
