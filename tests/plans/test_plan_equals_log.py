"""State = log, for plans: who was away and reads what they missed holds the same as who comes in now.

Random histories go through the real commands, many of which are refused. The facts are folded here as
`plans.events` says; the client's store, which holds what its form shows, must reach that part of it.
"""

import json
import random
from collections import Counter
from datetime import timedelta

import msgspec
import pytest

from challenges.plans.commands import PLAN_COMMANDS
from challenges.plans.links import set_link_state
from challenges.plans.models import Audience, ChangeRequest, Evidence, Item, PlanStep, Reading
from challenges.plans.queries import plan_for, plan_state_of, plan_stream
from synergy.journal import log
from synergy.live.refusals import Refused
from tests.factories import NOON
from tests.factories.plans import make_plan_case
from tests.support.client import client_filter
from tests.support.histories import seeds
from tests.support.plans import do
from tests.support.told import told

STEPS = 160
COMMANDS = [command.name for command in PLAN_COMMANDS]
WEIGHTS = {
    "item.change": 30,
    "item.add": 12,
    "plan.change": 10,
    "reading.add": 12,
    "plan.propose": 12,
    "plan.approve": 12,
    "plan.stop": 0.1,
    "plan.finish": 0.1,
    "item.open_room": 1,
    "plan.return": 2,
}
SCHOOL = ("plan.approve", "plan.return", "plan.consult", "request.answer")
NOT_IN_THE_FORM = {"steps", "readings", "requests", "evidence", "approved_at"}
NOT_IN_ITS_ITEMS = {"progress_by", "progress_at", "room"}


def fold(state, event):
    """What `plans.events` promises about each fact."""
    name, data, by = event["name"], event["data"], event["by"]
    items = {item["id"]: item for item in state["items"]}
    if by is not None:
        state["changed_at"] = event["at"]
    match name:
        case "plan.changed":
            state[data["field"]] = data["value"]
            state["revisions"][data["field"]], state["editors"][data["field"]] = data["revision"], by
        case "plan.moved":
            for field in ("state", "approved_at", "open"):
                state[field] = data[field]
            state["steps"].append(data["step"])
            state["baseline"] = data["baseline"] or state["baseline"]
        case "items.added":
            state["items"] += data["items"]
        case "item.changed":
            item = items[data["item"]]
            item[data["field"]], item["oddities"] = data["value"], data["oddities"]
            item["revisions"][data["field"]], item["editors"][data["field"]] = data["revision"], by
        case "items.placed":
            for place in data["places"]:
                items[place["item"]].update(parent=place["parent"], position=place["position"])
        case "items.removed":
            for pk in data["items"]:
                items[pk]["removed_at"] = data["removed_at"]
        case "items.erased":
            state["items"] = [each for each in state["items"] if each["id"] not in data["items"]]
        case "item.reported":
            words = {"confidence_why": data["why"], "progress_by": by, "progress_at": event["at"]}
            items[data["item"]].update(progress=data["progress"], confidence=data["confidence"], **words)
        case "item.opened":
            items[data["item"]]["room"] = data["room"]
        case "reading.set" | "request.set" | "evidence.set":
            kind = name.split(".")[0]
            rows, row = state[_LISTS[kind]], data[kind]
            at = next((index for index, each in enumerate(rows) if each["id"] == row["id"]), None)
            rows.append(row) if at is None else rows.__setitem__(at, row)
        case "reading.removed" | "evidence.removed":
            kind = name.split(".")[0]
            state[_LISTS[kind]] = [row for row in state[_LISTS[kind]] if row["id"] != data[kind]]
        case _:
            raise AssertionError(name)


_LISTS = {"reading": "readings", "request": "requests", "evidence": "evidence"}


class History:
    """What may happen to a plan, drawn by lot from the command table."""

    def __init__(self, case, dice):
        self.case, self.dice, self.now = case, dice, NOON
        self.done = Counter()
        case.plan.items.filter(kind="indicator").update(target=10)

    def step(self):
        self.now += timedelta(seconds=self.dice.choice([1, 20, 90]))
        (name,) = self.dice.choices(COMMANDS, [WEIGHTS.get(each, 5) for each in COMMANDS])
        who = "facilitator" if name in SCHOOL else self.dice.choice(["coordinator", "plan_owner", "member"])
        person = self.case.people[
            who if self.dice.random() < 0.9 else self.dice.choice(sorted(self.case.people))
        ]
        words = getattr(self, name.replace(".", "_"), dict)()
        answer = do(self.case.plan, person, name, self.now, **words)
        self.done[name] += not isinstance(answer, Refused)
        if self.dice.random() < 0.05 and (link := Evidence.objects.exclude(url="").first()):
            set_link_state(link, self.dice.choice(["alive", "dead"]), self.now)

    def _one(self, rows):
        return self.dice.choice(list(rows.values_list("pk", flat=True)) or [1])

    def _item(self):
        return self._one(Item.objects.all())

    def _why(self):
        return {"why": self.dice.choice(["Why?", "Защо", "So"])}

    plan_finish = plan_stop = _why

    def plan_approve(self):
        return {"step": self._last_step()}

    def plan_return(self):
        return {"step": self._last_step(), **self._why()}

    def _last_step(self):
        last = PlanStep.objects.order_by("pk").last()
        return last.pk if last else 1

    def plan_change(self):
        self.case.plan.refresh_from_db(fields=["revisions"])
        field, value = self.dice.choice(
            [
                ("summary", self.dice.choice(["One", "Two", "<b>&amp;"])),
                ("starts", self.dice.choice(["2026-01-01", None])),
                ("audience", self.dice.choice(Audience.values)),
                ("owner", self.dice.choice([self.case.member.pk, self.case.plan_owner.pk])),
            ]
        )
        return {"field": field, "value": value, "base": self.case.plan.revisions.get(field, 0)}

    def plan_consult(self):
        return {"consultant": self.dice.choice([None, self.case.consultant.pk, self.case.peer.pk])}

    def plan_hand_over(self):
        people = [self.case.member.pk, self.case.item_owner.pk, self.case.coordinator.pk]
        return {"owner": self.dice.choice(people), "to": self.dice.choice(people)}

    def item_add(self):
        due = self.dice.choice(["", "Q3 2026", "ongoing", "some day"])
        kind = self.dice.choice(["milestone", "action", "indicator", "risk"])
        return {"kind": kind, "title": "A", "parent": self.dice.choice([None, self._item()]), "due": due}

    def item_change(self):
        item = self._item()
        field, value = self.dice.choice(
            [
                ("title", self.dice.choice(["One", "Ķ" * 30])),
                ("due", self.dice.choice(["2026-05-31", "June 2026", "later", ""])),
                ("contributors", self.dice.sample([self.case.member.pk, self.case.item_owner.pk], 1)),
                ("owner", self.dice.choice([None, self.case.member.pk])),
                ("unit", "days"),
                ("target", self.dice.choice(["12,5", "9", ""])),
                ("baseline_on", self.dice.choice(["2026-01-31", None])),
                ("trajectory", [["2026-03-01", "20"], ["2026-02-01", "21.50"]]),
            ]
        )
        row = Item.objects.filter(pk=item).first()
        return {
            "item": item,
            "field": field,
            "value": value,
            "base": row.revisions.get(field, 0) if row else 0,
        }

    def item_move(self):
        return {
            "item": self._item(),
            "parent": self.dice.choice([None, self._item()]),
            "position": self.dice.choice([0, 1]),
        }

    def item_remove(self):
        return {"item": self._item()}

    item_restore = item_open_room = item_remove

    def item_report(self):
        progress = self.dice.choice(["limited", "substantial", "complete"])
        return {"item": self._item(), "progress": progress, "confidence": "probable", **self._why()}

    def reading_add(self):
        on = NOON.date() - timedelta(days=self.dice.choice(range(8)))
        return {"item": self._item(), "on": on, "value": self.dice.choice(["17.8", "18,50"])}

    def reading_correct(self):
        reading = self._one(Reading.objects.all())
        was = Reading.objects.filter(pk=reading).values_list("value", flat=True).first()
        return {
            "reading": reading,
            "value": self.dice.choice(["5", "6"]),
            "was": str(was or 0),
            **self._why(),
        }

    def reading_remove(self):
        return {"reading": self._one(Reading.objects.all()), **self._why()}

    def request_ask(self):
        field, value = self.dice.choice(
            [("due", "Q4 2026"), ("target", "8"), ("title", "Other"), ("removed", None)]
        )
        return {"item": self._item(), "field": field, "value": value, **self._why()}

    def request_answer(self):
        waiting = ChangeRequest.objects.filter(state="open")
        return {"request": self._one(waiting), "accept": self.dice.random() < 0.7, **self._why()}

    def request_withdraw(self):
        return {"request": self._one(ChangeRequest.objects.all())}

    def evidence_link(self):
        return {
            "items": [self._item()],
            "title": "A",
            "url": f"https://example.org/{self.dice.choice('abc')}",
        }

    def evidence_assign(self):
        return {"evidence": self._one(Evidence.objects.all()), "items": [self._item()]}

    def evidence_remove(self):
        return {"evidence": self._one(Evidence.objects.all())}


def fresh(case, person):
    plan = plan_for(person, case.plan.pk)
    return plan and {
        "state": json.loads(msgspec.json.encode(plan_state_of(person, plan))),
        "head": log.head(plan_stream(plan.pk)),
    }


def in_the_form(state):
    kept = {key: value for key, value in state.items() if key not in NOT_IN_THE_FORM | {"head"}}
    items = [{key: item[key] for key in item if key not in NOT_IN_ITS_ITEMS} for item in state["items"]]
    return {**kept, "items": items}


@pytest.fixture(scope="session")
def store(tmp_path_factory):
    """The client's store as a function: cases → states."""
    return client_filter("replay_plan.ts", tmp_path_factory.mktemp("plan"))


@pytest.mark.parametrize("seed", seeds(3))
def test_old_state_and_missed_events_make_the_fresh_state(db, store, seed):
    dice = random.Random(seed)
    case = make_plan_case()
    for item in case.plan.items.filter(kind="milestone"):
        item.due_wording, item.due_precision = "ongoing", "open"
        item.save()
    history = History(case, dice)
    opened = []
    for step in range(STEPS):
        if step % 20 == 0:
            person = case.people[dice.choice(["member", "facilitator", "coordinator"])]
            opened.append((person, fresh(case, person)))
        history.step()
    stream = plan_stream(case.plan.pk)
    missed = [told(stream, old["head"]) for _person, old in opened]
    now = [fresh(case, person)["state"] for person, _old in opened]
    reached = store(
        [{**old, "events": events} for (_person, old), events in zip(opened, missed, strict=True)]
    )
    for (_person, old), events, wanted, by_client in zip(opened, missed, now, reached, strict=True):
        state = old["state"]
        for event in events:
            fold(state, event)
        # Who one is, is no part of the log: a change of owner or consultant is told to the access layer.
        state["rights"] = by_client["rights"] = wanted["rights"]
        # Nor is a check that found a link as it was.
        for each in (*state["evidence"], *wanted["evidence"]):
            del each["checked_at"]
        assert state == wanted
        assert in_the_form(by_client) == in_the_form(wanted)
    assert len([name for name, times in history.done.items() if times]) >= 12
