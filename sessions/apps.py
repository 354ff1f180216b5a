from django.apps import AppConfig


class TrainingConfig(AppConfig):
    """The programme in time. The label keeps clear of Django's own app called sessions."""

    name = "sessions"
    label = "training"

    def ready(self) -> None:
        from sessions.own_data import tell_own_data

        tell_own_data()
