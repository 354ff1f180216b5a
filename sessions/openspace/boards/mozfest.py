"""The session proposals of MozFest 2016: ten spaces, many proposals, no slots.

https://github.com/mmmavis/mozfest-sessions-exporter
"""

from __future__ import annotations

import msgspec

from sessions.openspace.boards.board import Board, BoardTopic, add_topic

SOURCE = "mozfest-sessions"


class Proposal(msgspec.Struct):
    id: int = msgspec.field(name="session id")
    name: str
    space: str
    description: str = ""
    facilitator: str = msgspec.field(name="facilitator 1 name", default="")
    office: str = msgspec.field(name="facilitator 1 affiliated org", default="")


def boards_in(proposals: list[Proposal]) -> list[Board]:
    spaces = dict.fromkeys(proposal.space for proposal in proposals)
    board = Board(SOURCE, "MozFest", None, list(spaces), [], [])
    for proposal in proposals:
        topic = BoardTopic(
            key=str(proposal.id),
            title=proposal.name,
            why=proposal.description,
            convener=proposal.facilitator,
            office=proposal.office,
            space=proposal.space,
        )
        add_topic(board, topic)
    return [board]
