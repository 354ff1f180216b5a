"""What gatherings keep of a person, for their own data."""

from __future__ import annotations

from sessions.openspace.models import (
    Action,
    Announcement,
    ClosingWord,
    HelpCall,
    Interest,
    Request,
    Stay,
    Topic,
    TopicReport,
    Vote,
)
from synergy.people.own_data import Rows, edited_by, register, register_teller


def tell_own_data() -> None:
    register(
        Rows(
            Topic,
            ("convener", "proposed_by"),
            ("gathering__theme", "number", "title", "why", "language", "state", "created_at"),
        ),
        Rows(Interest, ("person",), ("topic__title",)),
        Rows(Request, ("by",), ("kind", "topic__title", "waiting_for", "state", "created_at")),
        Rows(Stay, ("person",), ("gathering__theme", "space__room__name", "since", "until")),
        Rows(Announcement, ("by",), ("gathering__theme", "text", "language", "at")),
        Rows(HelpCall, ("by", "taken_by"), ("gathering__theme", "text", "state", "at", "closed_at")),
        Rows(Vote, ("person",), ("topic__title", "points")),
        Rows(Action, ("convener", "by"), ("what", "first_step", "due", "created_at", "removed_at")),
        Rows(ClosingWord, ("person",), ("gathering__theme", "word", "at")),
        Rows(TopicReport, ("confirmed_by",), ("topic__title", "state", "confirmed_at")),
    )
    register_teller("topic_reports_you_wrote_in", edited_by(TopicReport, "topic_id", "changed_at"))
