from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    """Peer consultations: a group works on its challenge by a protocol, and recommends."""

    name = "challenges.consultations"
    label = "consultations"

    def ready(self) -> None:
        from challenges.consultations.streams import CONSULTATION
        from synergy.live.kinds import register

        register(CONSULTATION)
