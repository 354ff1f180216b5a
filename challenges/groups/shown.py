"""From cards to what a page draws: groups with their people by name, and every code in words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from challenges.groups.events import GroupCard, GroupsStateCard, MixStateCard, ProposedGroupCard, ReasonCard
from challenges.groups.lacks import Lack, lacks_of
from challenges.groups.words import reason_text
from challenges.models import Challenge
from rooms.events import PersonCard
from synergy.alphabet import in_alphabet

People = Mapping[str, PersonCard]


@dataclass(frozen=True)
class Member:
    person: PersonCard
    group: int
    """0 for none."""
    reasons: Sequence[str]
    """What counts most first."""
    is_locked: bool = False
    is_kept_out: bool = False
    """The next proposal gives them another group."""
    is_home: bool = False
    """Of the institution that brings the challenge."""


@dataclass(frozen=True)
class MadeGroup:
    """As those see it who make the groups."""

    card: ProposedGroupCard
    members: list[Member]
    kept_out: list[PersonCard]


@dataclass(frozen=True)
class Board:
    """The groups of a day, with the people who are in none."""

    groups: list[MadeGroup]
    waiting: list[Member]
    """Participants who have no place and are not away."""
    away: list[Member]
    lacks: list[Lack]

    @property
    def kept_in(self) -> int:
        """How many people are still in a group that they are to be kept out of."""
        return sum(member.is_kept_out for group in self.groups for member in group.members)

    @property
    def size(self) -> int:
        """How many people are in groups."""
        return sum(len(group.members) for group in self.groups)


@dataclass(frozen=True)
class ShownGroup:
    """As everybody sees it."""

    card: GroupCard
    title: str
    """Empty when the viewer may not know what the challenge is."""
    is_open: bool
    """Whether the viewer may read the challenge."""
    has_door: bool
    """Whether the viewer may enter the room."""
    may_follow: bool
    """Whether the consultation is open to the viewer, when there is one."""
    is_own: bool
    members: list[Member]
    reasons: Sequence[str]
    """Why the viewer is in it."""


def board_of(state: MixStateCard) -> Board:
    people = state.people
    placed = {member.id for member in state.members}
    free = sorted(set(state.participants) - placed - set(state.mix.away))
    return Board(
        groups=[_made(group, state) for group in state.groups],
        waiting=_in_no_group(free, people),
        away=_in_no_group(state.mix.away, people),
        lacks=lacks_of(state),
    )


def shown_groups(
    state: GroupsStateCard, challenges: Mapping[int, Challenge], doors: Collection[int]
) -> list[ShownGroup]:
    """One's own first. `challenges` and `doors`: what of them the viewer may read, and enter."""
    own = next((place.group for place in state.places if place.id == state.me), None)
    reasons = {place.id: place.reasons for place in state.places}
    found = []
    for card in state.groups:
        challenge = challenges.get(card.challenge)
        members = [place.id for place in state.places if place.group == card.id]
        found.append(
            ShownGroup(
                card=card,
                title=challenge.title if challenge else card.title,
                is_open=challenge is not None,
                has_door=card.room in doors,
                may_follow=challenge is not None and (card.room in doors or _is_own(challenge)),
                is_own=card.id == own,
                members=_members(members, card.id, reasons, state.people),
                reasons=_texts(reasons[state.me]) if card.id == own else [],
            )
        )
    return sorted(found, key=lambda group: not group.is_own)


def _is_own(challenge: Challenge) -> bool:
    return challenge.seat is not None and challenge.seat.institution_id == challenge.institution_id


def _made(group: ProposedGroupCard, state: MixStateCard) -> MadeGroup:
    cards = [member for member in state.members if member.group == group.id]
    reasons = {member.id: member.reasons for member in cards}
    locked = {member.id for member in cards if member.is_locked}
    return MadeGroup(
        card=group,
        members=_members(reasons, group.id, reasons, state.people, locked, group.kept_out),
        kept_out=_cards(group.kept_out, state.people),
    )


def _members(
    ids: Iterable[int],
    group: int,
    reasons: Mapping[int, Sequence[ReasonCard]],
    people: People,
    locked: Collection[int] = (),
    kept_out: Collection[int] = (),
) -> list[Member]:
    """Whose challenge it is stand first; the others by name."""
    found = [
        Member(
            person=card,
            group=group,
            reasons=_texts(reasons[card.id]),
            is_locked=card.id in locked,
            is_kept_out=card.id in kept_out,
            is_home=any(reason.code == "own_challenge" for reason in reasons[card.id]),
        )
        for card in _cards(ids, people)
    ]
    return sorted(found, key=lambda member: (not member.is_home, in_alphabet(member.person.name)))


def _in_no_group(ids: Iterable[int], people: People) -> list[Member]:
    cards = sorted(_cards(ids, people), key=lambda card: in_alphabet(card.name))
    return [Member(person=card, group=0, reasons=()) for card in cards]


def _cards(ids: Iterable[int], people: People) -> list[PersonCard]:
    return [people[str(pk)] for pk in ids if str(pk) in people]


def _texts(reasons: Sequence[ReasonCard]) -> list[str]:
    return [reason_text(reason) for reason in reasons]
