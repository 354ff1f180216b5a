from django.apps import AppConfig


class RoomsConfig(AppConfig):
    name = "rooms"
    label = "rooms"

    def ready(self) -> None:
        from rooms.notes.streams import NOTES
        from rooms.streams import COHORT, DOOR, MODERATORS, ROOM
        from synergy.live.kinds import register

        register(ROOM)
        register(COHORT)
        register(DOOR)
        register(MODERATORS)
        register(NOTES)
