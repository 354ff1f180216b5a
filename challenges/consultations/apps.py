from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    """Peer consultations: a group works on its challenge by a protocol, and recommends."""

    name = "challenges.consultations"
    label = "consultations"
