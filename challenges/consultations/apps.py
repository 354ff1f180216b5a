from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    """Peer consultations: a group works on its challenge by a protocol, and recommends."""

    name = "challenges.consultations"
    label = "consultations"

    def ready(self) -> None:
        from challenges.consultations.companion import companion_of_room
        from challenges.consultations.quiet import quiet_in_room
        from challenges.consultations.streams import CONSULTATION
        from challenges.consultations.threads import consultation_threads
        from challenges.threads import register as register_threads
        from rooms.companions import register as register_companion
        from rooms.quiet import register as register_quiet
        from synergy.live.kinds import register

        register(CONSULTATION)
        register_quiet(quiet_in_room)
        register_threads(consultation_threads)
        register_companion(companion_of_room)
