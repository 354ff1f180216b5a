"""What changes in rooms: one transaction each, with its facts in the log.

Each action first locks the room's stream, so that what it reads stays true until it commits.
They run inside the transaction of whoever calls them, or in one of their own; inside another
they add no savepoint, since the caller rolls back what a command began.
"""

from rooms.actions.attachments import add_attachment, delete_attachments, delete_orphans
from rooms.actions.hands import lower_all_hands, lower_hand, raise_hand
from rooms.actions.marks import add_reaction, pin_message, remove_reaction, unpin_message
from rooms.actions.members import set_members
from rooms.actions.messages import edit_message, post_message, set_message_language
from rooms.actions.polls import close_poll, close_polls, open_poll, vote
from rooms.actions.removal import remove_message
from rooms.actions.renaming import rename_room
from rooms.actions.rooms import mark_read, open_room, set_room_state

__all__ = [
    "add_attachment",
    "add_reaction",
    "close_poll",
    "close_polls",
    "delete_attachments",
    "delete_orphans",
    "edit_message",
    "lower_all_hands",
    "lower_hand",
    "mark_read",
    "open_poll",
    "open_room",
    "pin_message",
    "post_message",
    "raise_hand",
    "remove_message",
    "remove_reaction",
    "rename_room",
    "set_members",
    "set_message_language",
    "set_room_state",
    "unpin_message",
    "vote",
]
