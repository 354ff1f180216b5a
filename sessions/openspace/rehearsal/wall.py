"""What a client without a browser knows of a gathering: the fresh state, moved on by the events after it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Cards = dict[int, dict[str, Any]]
LISTS = ("spaces", "slots", "topics", "requests", "calls", "news", "actions", "words")


class Wall:
    """The state of a gathering as plain JSON. See the Note [Facts carry cards] in `sessions.openspace.events`."""

    def __init__(self, state: Mapping[str, Any]) -> None:
        self.me: int = state["me"]
        self.gathering: dict[str, Any] = state["gathering"]
        self.rights: dict[str, Any] = state["rights"]
        self.cards: dict[str, Cards] = {name: {card["id"]: card for card in state[name]} for name in LISTS}
        self.where: dict[int, int] = {int(person): space for person, space in state["where"].items()}
        self.invited_to: int | None = None
        """The space whose door a facilitator holds open for me."""

    def hear(self, name: str, data: Mapping[str, Any]) -> None:
        match name:
            case "person.moved":
                self._move(data["person"], data["space"])
            case "person.invited":
                if data["person"] == self.me:
                    self.invited_to = data["space"]
            case "interest.marked":
                self._interested(data["topic"]).append(data["person"])
            case "interest.unmarked":
                self._interested(data["topic"]).remove(data["person"])
            case "circle.passed":
                self.gathering = {**self.gathering, "circle": data["circle"]}
            case "vote.cast":
                self.gathering = {**self.gathering, "voters": data["voters"]}
            case _:
                self._put(data)

    @property
    def topics(self) -> list[dict[str, Any]]:
        """On offer, in the order of their numbers."""
        offered = [card for card in self.cards["topics"].values() if card["state"] == "offered"]
        return sorted(offered, key=lambda card: int(card["number"]))

    @property
    def rounds(self) -> list[dict[str, Any]]:
        """In the order of time, without breaks."""
        found = [card for card in self.cards["slots"].values() if card["kind"] == "round"]
        return sorted((card for card in found if not card.get("is_removed")), key=_starts_at)

    @property
    def running(self) -> dict[str, Any] | None:
        return next((slot for slot in self.rounds if slot["started_at"] and not slot["ended_at"]), None)

    def spaces(self, kind: str = "topic") -> list[dict[str, Any]]:
        found = [card for card in self.cards["spaces"].values() if card["kind"] == kind]
        return sorted(
            (card for card in found if not card["is_removed"]), key=lambda card: int(card["position"])
        )

    def my_topics(self) -> list[dict[str, Any]]:
        return [topic for topic in self.topics if topic["convener"] == self.me]

    def place_in(self, topic: Mapping[str, Any], slot: int) -> int | None:
        """The space where the topic stands in the slot."""
        return next((place["space"] for place in topic["places"] if place["slot"] == slot), None)

    def free_cells(self) -> list[tuple[int, int]]:
        """(slot, space) of rounds that have not started and where nothing stands."""
        taken = {(place["slot"], place["space"]) for topic in self.topics for place in topic["places"]}
        cells = [
            (slot["id"], space["id"])
            for slot in self.rounds
            if not slot["started_at"]
            for space in self.spaces()
        ]
        return [cell for cell in cells if cell not in taken]

    def speaker(self) -> int | None:
        """Who holds the talking piece."""
        circle = self.gathering["circle"]
        if not circle or circle["at"] >= len(circle["order"]):
            return None
        return int(circle["order"][circle["at"]])

    def _interested(self, topic: int) -> list[int]:
        people: list[int] = self.cards["topics"][topic]["interested"]
        return people

    def _move(self, person: int, space: int | None) -> None:
        if space is None:
            self.where.pop(person, None)
        else:
            self.where[person] = space

    def _put(self, data: Mapping[str, Any]) -> None:
        self.gathering = data.get("gathering") or self.gathering
        for name in LISTS:
            self.cards[name].update({card["id"]: card for card in data.get(name, [])})


def _starts_at(slot: Mapping[str, Any]) -> str:
    return str(slot["starts_at"])
