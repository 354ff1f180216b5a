from django.apps import AppConfig


class CohortsConfig(AppConfig):
    name = "synergy.cohorts"
    label = "cohorts"

    def ready(self) -> None:
        from synergy.cohorts.search import PEOPLE
        from synergy.search.kinds import register_kind

        register_kind(PEOPLE)
