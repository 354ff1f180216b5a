"""Groups proposed by the mixer.

# Note [Mixing before the lock]

The mixer computes for about a second. Inside a transaction everybody who writes anything would wait for it, so
it runs before: the rows are read, the groups are mixed, and then, under the lock, the head of the stream
shows whether somebody changed the groups meanwhile. That is why proposing is an action of a page's form
and not a command, which always runs inside a transaction.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from challenges.groups.actions.held import require_school
from challenges.groups.cards import (
    kept_reasons,
    kept_shortfalls,
    member_cards,
    mix_card,
    proposed_group_cards,
    shortfall_cards,
)
from challenges.groups.events import MixProposed
from challenges.groups.mixing import Case, Mixed, Wishes
from challenges.groups.mixing import mix as mix_groups
from challenges.groups.models import KeptOut, Membership, Mix, MixState, TaskGroup
from challenges.groups.queries import (
    challenges_to_mix,
    mix_on,
    mix_stream,
    participants_of,
    worked_together,
)
from challenges.groups.rules import can_propose, is_published
from challenges.models import Challenge
from sessions.models import TrainingSession
from synergy.cohorts.queries import seat_in
from synergy.journal import log
from synergy.live.refusals import Refused
from synergy.people.models import Person

FEWEST, MOST = 3, 20
"""How many people a group needs, and how many can be wished for one."""
SEED_LIMIT = 1_000_000


@dataclass(frozen=True)
class _Plan:
    challenges: Sequence[Challenge]
    """In the order of the groups' numbers."""
    wishes: Wishes
    away: list[int]
    seed: int


def propose_mix(
    *,
    person: Person,
    training_session: TrainingSession,
    on: date,
    now: datetime,
    seed: int | None = None,
    challenges: Collection[int] | None = None,
    wished_sizes: Mapping[int, int] | None = None,
    away: Collection[int] | None = None,
) -> Mix:
    """Groups for a day, in the place of those proposed before; who is locked or kept out stays so. Raises Refused.

    Without `seed` it is the next one. `challenges` are ids, all that are accepted when left out; `wished_sizes`
    is {challenge id: people}; `away` are persons who are in no group. What is left out stays as it was.
    See the Note [Mixing before the lock].
    """
    require_school(may=can_propose(seat_in(person, training_session.cohort_id)))
    if not training_session.starts_on <= on <= training_session.ends_on:
        detail = _("Choose a day of the session.")
        raise Refused("invalid", detail, fields={"on": detail})
    before = mix_on(training_session, on)
    head = log.head(mix_stream(before.pk)) if before else 0
    plan = _plan(training_session, before, seed, challenges, wished_sizes, away)
    mixed = mix_groups(plan.wishes, plan.seed)
    with transaction.atomic(savepoint=False):
        mix = _held(person, training_session, on, plan, head, now)
        _fill(mix, plan, mixed)
        log.append(mix_stream(mix.pk), _fact(mix), by=person.pk, at=now)
    return mix


def _plan(
    training_session: TrainingSession,
    before: Mix | None,
    seed: int | None,
    chosen: Collection[int] | None,
    wished_sizes: Mapping[int, int] | None,
    away: Collection[int] | None,
) -> _Plan:
    """What the mixer is asked. Raises Refused."""
    _require_unpublished(before)
    cohort = training_session.cohort_id
    challenges = _chosen(cohort, chosen)
    sizes = _sizes(before, wished_sizes)
    stays_away = set(before.away if away is None and before else away or ())
    everybody = participants_of(cohort)
    people = tuple(each for each in everybody if each.id not in stays_away)
    _require_enough(len(people), len(challenges))
    fixed, kept_out = _settled(before, {each.id for each in people}, {each.pk for each in challenges})
    wishes = Wishes(
        people=people,
        cases=tuple(Case(each.pk, each.institution_id, sizes.get(each.pk)) for each in challenges),
        together=worked_together(cohort, besides=before),
        fixed=fixed,
        kept_out=kept_out,
    )
    gone = sorted(each.id for each in everybody if each.id in stays_away)
    return _Plan(challenges, wishes, gone, _seed(before, seed))


def _chosen(cohort_id: int, chosen: Collection[int] | None) -> list[Challenge]:
    waiting = list(challenges_to_mix(cohort_id))
    found = waiting if chosen is None else [each for each in waiting if each.pk in chosen]
    if chosen is not None and len(found) < len(set(chosen)):
        detail = _("Choose challenges that are accepted and wait for a group.")
        raise Refused("invalid", detail, fields={"challenges": detail})
    if not found:
        detail = _("No challenge waits for a group. Accept one first.")
        raise Refused("conflict", detail, fields={"challenges": detail})
    return found


def _sizes(before: Mix | None, wished: Mapping[int, int] | None) -> dict[int, int]:
    if wished is None:
        rows = before.groups.filter(wished_size__isnull=False) if before else TaskGroup.objects.none()
        return {row.challenge_id: row.wished_size for row in rows if row.wished_size}
    if any(not FEWEST <= size <= MOST for size in wished.values()):
        limits = {"fewest": FEWEST, "most": MOST}
        detail = _("A group may have %(fewest)d to %(most)d people.") % limits
        raise Refused("invalid", detail, fields={"wished_sizes": detail})
    return dict(wished)


def _require_enough(people: int, groups: int) -> None:
    if people >= FEWEST * groups:
        return
    numbers = {"people": people, "groups": groups, "fewest": FEWEST}
    detail = _(
        "People: %(people)d, groups: %(groups)d. Choose fewer challenges, so that each group has at least %(fewest)d."
    )
    raise Refused("conflict", detail % numbers, fields={"challenges": detail % numbers})


def _settled(
    before: Mix | None, people: set[int], challenges: set[int]
) -> tuple[dict[int, int], frozenset[tuple[int, int]]]:
    """Who is locked where, and kept out of what, among those who are there."""
    if before is None:
        return {}, frozenset()
    locked = before.memberships.filter(is_locked=True).values_list("person", "group__challenge")
    kept_out = KeptOut.objects.filter(group__mix=before).values_list("person", "group__challenge")
    here = {(who, where) for who, where in (*locked, *kept_out) if who in people and where in challenges}
    return dict(here & set(locked)), frozenset(here & set(kept_out))


def _seed(before: Mix | None, seed: int | None) -> int:
    if seed is None:
        return (before.seed + 1) % SEED_LIMIT if before else 1
    if not 0 <= seed < SEED_LIMIT:
        detail = _("Choose a number from 0 to %(most)d.") % {"most": SEED_LIMIT - 1}
        raise Refused("invalid", detail, fields={"seed": detail})
    return seed


def _held(
    person: Person, training_session: TrainingSession, on: date, plan: _Plan, head: int, now: datetime
) -> Mix:
    """The row, made now if there is none, with its stream locked. Raises Refused when others were faster."""
    told = {"seed": plan.seed, "away": plan.away, "proposed_by": person, "proposed_at": now}
    mix, is_new = Mix.objects.get_or_create(training_session=training_session, on=on, defaults=told)
    if log.lock(mix_stream(mix.pk)) != head:
        _require_unpublished(mix)
        raise Refused("conflict", _("Somebody changed the groups meanwhile. Look again and propose anew."))
    if not is_new:
        mix.refresh_from_db()
        _require_unpublished(mix)
        mix.is_changed_by_hand = False
        for field, value in told.items():
            setattr(mix, field, value)
        mix.groups.all().delete()
    return mix


def _fill(mix: Mix, plan: _Plan, mixed: Mixed) -> None:
    wished = {case.id: case.wished_size for case in plan.wishes.cases}
    ids: dict[int, int] = {}
    for number, challenge in enumerate(plan.challenges, 1):
        group = TaskGroup.objects.create(
            mix=mix, number=number, challenge=challenge, wished_size=wished[challenge.pk]
        )
        ids[challenge.pk] = group.pk
    Membership.objects.bulk_create(
        Membership(
            mix=mix,
            group_id=ids[case],
            person_id=member,
            is_locked=member in plan.wishes.fixed,
            reasons=kept_reasons(mixed.reasons[member]),
        )
        for case, members in mixed.groups.items()
        for member in members
    )
    KeptOut.objects.bulk_create(
        KeptOut(person_id=who, group_id=ids[case]) for who, case in sorted(plan.wishes.kept_out)
    )
    mix.shortfalls = kept_shortfalls(mixed.shortfalls, ids)
    mix.save()


def _fact(mix: Mix) -> MixProposed:
    return MixProposed(
        mix=mix_card(mix),
        groups=proposed_group_cards(mix),
        members=member_cards(mix),
        shortfalls=shortfall_cards(mix),
    )


def _require_unpublished(mix: Mix | None) -> None:
    if mix is not None and is_published(mix):
        detail = _("The groups of this day are published. Move people by hand.")
        raise Refused("conflict", detail, present={"state": MixState.PUBLISHED})
