"""Reads, through the person who looks: a gathering that one may not see cannot be in hand."""

from sessions.openspace.queries.gatherings import (
    gathering_for,
    gathering_for_each,
    gathering_near,
    gathering_of_room,
    gathering_readers,
    gathering_state_of,
    gathering_stream,
    gatherings_of,
    stays_now,
    topic_stream,
)
from sessions.openspace.queries.reports import report_state_of, topic_for, topic_readers

__all__ = [
    "gathering_for",
    "gathering_for_each",
    "gathering_near",
    "gathering_of_room",
    "gathering_readers",
    "gathering_state_of",
    "gathering_stream",
    "gatherings_of",
    "report_state_of",
    "stays_now",
    "topic_for",
    "topic_readers",
    "topic_stream",
]
