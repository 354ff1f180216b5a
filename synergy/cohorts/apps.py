from django.apps import AppConfig


class CohortsConfig(AppConfig):
    name = "synergy.cohorts"
    label = "cohorts"

    def ready(self) -> None:
        from synergy.cohorts.asking_erasure import register_notices
        from synergy.cohorts.erasing import erase
        from synergy.cohorts.own_data import tell_own_data
        from synergy.cohorts.search import PEOPLE
        from synergy.cohorts.two_steps import is_kept_out
        from synergy.live.sign_in import keep_out
        from synergy.people.erasing import register as register_eraser
        from synergy.search.kinds import register_kind

        register_kind(PEOPLE)
        keep_out(is_kept_out)
        tell_own_data()
        register_notices()
        register_eraser(erase)
