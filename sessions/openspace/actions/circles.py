"""The opening and the closing circle: who holds the talking piece, and the word of each at the end."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext as _

from rooms.text import clean_line, is_blank
from sessions.openspace.actions.held import hold, hold_to_run, people_who_take_part
from sessions.openspace.actions.permission import require, require_part
from sessions.openspace.actions.stages import enter_stage, require_way
from sessions.openspace.cards import circle_card, gathering_card, word_card
from sessions.openspace.events import CircleEnded, CirclePassed, CircleStarted, WordSaid
from sessions.openspace.models import CircleKind, ClosingWord, Gathering, Stage
from sessions.openspace.rules import can_run
from synergy.cohorts.models import Role
from synergy.journal import log
from synergy.live.refusals import Refused
from synergy.people.models import Person

WORD_LIMIT = 40
_STAGE_OF = {CircleKind.OPENING: Stage.OPENING, CircleKind.CLOSING: Stage.CLOSING}


def start_circle(
    *,
    person: Person,
    gathering: Gathering,
    kind: str,
    now: datetime,
    people: Collection[int] | None = None,
) -> None:
    """The circle sits, and the first has the talking piece; the gathering enters the stage of its name.

    `people` are those who are here, by id; without it, all who take part. The order is drawn by lot
    and the same each time; who facilitates speaks last, so as not to set the tone. Raises Refused.
    """
    with transaction.atomic(savepoint=False):
        stream = hold_to_run(person, gathering)
        if gathering.circle_kind:
            _refuse_second_circle(gathering, kind)
            return
        stage = _STAGE_OF[CircleKind(kind)]
        if gathering.stage != stage:
            require_way(gathering, stage)
        ended = enter_stage(gathering, stage, now)
        gathering.circle_kind, gathering.circle_at = kind, 0
        gathering.circle_order = _order(gathering, kind, people)
        gathering.save(update_fields=["circle_kind", "circle_order", "circle_at"])
        fact = CircleStarted(gathering=gathering_card(gathering), slots=ended.slots)
        log.append(stream, fact, by=person.pk, at=now)


def pass_piece(
    *,
    person: Person,
    gathering: Gathering,
    now: datetime,
    to: int | None = None,
    holder: int | None = None,
) -> None:
    """Gives the talking piece to the next, or to `to`, who then speaks earlier. Raises Refused.

    Giving it to who holds it already changes nothing. Who holds it passes it on, or somebody who
    facilitates. `holder` is whom the person saw holding it: when the piece has moved on meanwhile, it is
    refused as a conflict.
    """
    with transaction.atomic(savepoint=False):
        stream = hold(gathering)
        require_part(person, gathering)
        present = _holder(gathering)
        if not gathering.circle_kind:
            raise Refused("conflict", _("No circle sits at the moment."))
        if holder is not None and holder != present:
            raise Refused(
                "conflict", _("The talking piece has moved on already."), present=circle_card(gathering)
            )
        detail = _("Only who holds the talking piece, or a facilitator, passes it on.")
        require(person.pk == present or can_run(person, gathering), detail)
        if to is not None and to == present:
            return
        _pass(gathering, to)
        gathering.save(update_fields=["circle_order", "circle_at"])
        log.append(stream, CirclePassed(circle=circle_card(gathering)), by=person.pk, at=now)


def end_circle(*, person: Person, gathering: Gathering, now: datetime) -> None:
    """Once is enough. Raises Refused."""
    with transaction.atomic(savepoint=False):
        stream = hold_to_run(person, gathering)
        if not gathering.circle_kind:
            return
        gathering.circle_kind, gathering.circle_order, gathering.circle_at = "", [], 0
        gathering.save(update_fields=["circle_kind", "circle_order", "circle_at"])
        log.append(stream, CircleEnded(gathering=gathering_card(gathering)), by=person.pk, at=now)


def say_word(*, person: Person, gathering: Gathering, word: str, now: datetime) -> None:
    """The person's one short word of the closing circle; saying another replaces it. Raises Refused."""
    with transaction.atomic(savepoint=False):
        stream = hold(gathering)
        require_part(person, gathering)
        if gathering.stage != Stage.CLOSING:
            raise Refused("conflict", _("The closing words are said in the closing circle."))
        row = gathering.words.filter(person=person).first() or ClosingWord(gathering=gathering, person=person)
        word = _checked_word(word)
        if row.word == word:
            return
        row.word, row.at = word, now
        row.save()
        log.append(stream, WordSaid(words=[word_card(row)]), by=person.pk, at=now)


def _refuse_second_circle(gathering: Gathering, kind: str) -> None:
    if gathering.circle_kind != kind:
        raise Refused("conflict", _("Another circle sits now. End it first."), present=circle_card(gathering))


def _order(gathering: Gathering, kind: str, people: Collection[int] | None) -> list[int]:
    roles = people_who_take_part(gathering)
    drawn = sorted(roles, key=lambda one: sha256(f"{gathering.pk} {kind} {one}".encode()).digest())
    here = [one for one in drawn if people is None or one in people]
    return sorted(here, key=lambda one: roles[one] != Role.PARTICIPANT)


def _holder(gathering: Gathering) -> int | None:
    rest = gathering.circle_order[gathering.circle_at :]
    return rest[0] if rest else None


def _pass(gathering: Gathering, to: int | None) -> None:
    order, at = list(gathering.circle_order), gathering.circle_at
    if to is None:
        gathering.circle_at = min(at + 1, len(order))
        return
    if to not in people_who_take_part(gathering):
        detail = _("This person does not take part here.")
        raise Refused("invalid", detail, fields={"to": detail})
    if to in order:
        at -= order.index(to) < at
        order.remove(to)
    at = min(at + 1, len(order))
    order.insert(at, to)
    gathering.circle_order, gathering.circle_at = order, at


def _checked_word(raw: str) -> str:
    word = clean_line(raw, WORD_LIMIT + 1)
    if is_blank(word):
        detail = _("Write a word first.")
    elif len(word) > WORD_LIMIT:
        detail = _("One short word: at most %(limit)d letters.") % {"limit": WORD_LIMIT}
    else:
        return word
    raise Refused("invalid", detail, fields={"word": detail})
