"""From rows to the cards that clients hold. Each function costs the same number of queries for one row and for all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from challenges.groups.events import (
    GroupCard,
    GroupPlaceCard,
    MemberCard,
    MixCard,
    ProposedGroupCard,
    ReasonCard,
    ShortfallCard,
)
from challenges.groups.mixing import Reason, Shortfall
from challenges.groups.models import KeptOut, Membership, Mix, TaskGroup
from challenges.models import Challenge, Confidentiality


def mix_card(mix: Mix) -> MixCard:
    return MixCard(
        id=mix.pk,
        session=mix.training_session_id,
        on=mix.on,
        seed=mix.seed,
        state=mix.state,
        away=list(mix.away),
        is_changed_by_hand=mix.is_changed_by_hand,
        published_at=mix.published_at,
    )


def proposed_group_cards(mix: Mix) -> list[ProposedGroupCard]:
    """In the order of their numbers. Two queries."""
    kept_out: dict[int, list[int]] = {}
    for group, person in KeptOut.objects.filter(group__mix=mix).order_by("pk").values_list("group", "person"):
        kept_out.setdefault(group, []).append(person)
    return [
        ProposedGroupCard(
            id=group.pk,
            number=group.number,
            challenge=group.challenge_id,
            title=group.challenge.title,
            language=group.challenge.language,
            institution=group.challenge.institution.name,
            country=group.challenge.institution.country,
            wished_size=group.wished_size,
            room=group.room_id,
            kept_out=kept_out.get(group.pk, []),
        )
        for group in _groups(mix)
    ]


def member_cards(mix: Mix) -> list[MemberCard]:
    """In the order of persons' ids. One query."""
    return [
        MemberCard(row.person_id, row.group_id, row.is_locked, reason_cards(row.reasons))
        for row in _memberships(mix)
    ]


def shortfall_cards(mix: Mix) -> list[ShortfallCard]:
    return [ShortfallCard(**each) for each in mix.shortfalls]


def group_cards(mix: Mix) -> list[GroupCard]:
    """What everybody may know of published groups. One query."""
    return [
        GroupCard(
            id=group.pk,
            number=group.number,
            challenge=group.challenge_id,
            title=title_for_all(group.challenge),
            language=group.challenge.language,
            institution=group.challenge.institution.name,
            country=group.challenge.institution.country,
            room=group.room_id,
        )
        for group in _groups(mix)
        if group.room_id is not None
    ]


def place_cards(mix: Mix) -> list[GroupPlaceCard]:
    """In the order of persons' ids. One query."""
    return [
        GroupPlaceCard(row.person_id, row.group_id, reason_cards(row.reasons)) for row in _memberships(mix)
    ]


def title_for_all(challenge: Challenge) -> str:
    """Nothing when the challenge is for its group alone: already its title may tell."""
    return "" if challenge.confidentiality == Confidentiality.GROUP else challenge.title


def reason_cards(kept: Iterable[Mapping[str, object]]) -> list[ReasonCard]:
    """From the JSON of a membership."""
    return [ReasonCard(code=str(each["code"]), values=dict(each["values"])) for each in kept]  # type: ignore[call-overload]


def kept_reasons(reasons: Sequence[Reason]) -> list[dict[str, object]]:
    """As a membership keeps them."""
    return [{"code": reason.code, "values": dict(reason.values)} for reason in reasons]


def kept_shortfalls(shortfalls: Sequence[Shortfall], groups: Mapping[int, int]) -> list[dict[str, object]]:
    """As a mix keeps them. `groups`: {challenge id: group id}."""
    return [
        {
            "wish": each.wish,
            "why": each.why,
            "group": None if each.case is None else groups[each.case],
            "people": list(each.people),
            "values": dict(each.values),
        }
        for each in shortfalls
    ]


def _groups(mix: Mix) -> Iterable[TaskGroup]:
    return mix.groups.select_related("challenge__institution").order_by("number")


def _memberships(mix: Mix) -> Iterable[Membership]:
    return mix.memberships.order_by("person_id")
