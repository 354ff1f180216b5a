from django.apps import AppConfig


class QueueConfig(AppConfig):
    """Tasks that are done after the answer, and what comes round every day."""

    name = "synergy.queue"
    label = "queue"
