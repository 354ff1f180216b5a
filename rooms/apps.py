from django.apps import AppConfig


class RoomsConfig(AppConfig):
    name = "rooms"
    label = "rooms"

    def ready(self) -> None:
        from rooms.erasing import erase
        from rooms.notes.streams import NOTES
        from rooms.notices import register_notices
        from rooms.own_data import tell_own_data
        from rooms.search import MESSAGES, ROOMS, note_room_facts
        from rooms.streams import COHORT, DOOR, MODERATORS, ROOM
        from synergy.live.kinds import register
        from synergy.people.erasing import register as register_eraser
        from synergy.search.kinds import follow, register_kind

        register(ROOM)
        register(COHORT)
        register(DOOR)
        register(MODERATORS)
        register(NOTES)
        register_kind(ROOMS)
        register_kind(MESSAGES)
        follow("room", note_room_facts)
        register_notices()
        tell_own_data()
        register_eraser(erase)
