from django.apps import AppConfig
from django.db.models.signals import post_save


class CohortsConfig(AppConfig):
    name = "synergy.cohorts"
    label = "cohorts"

    def ready(self) -> None:
        from synergy.cohorts import asking_erasure, asking_invitation
        from synergy.cohorts.erasing import erase
        from synergy.cohorts.own_data import tell_own_data
        from synergy.cohorts.search import PEOPLE, note_institution
        from synergy.cohorts.two_steps import is_kept_out
        from synergy.live.sign_in import keep_out
        from synergy.people.erasing import register as register_eraser
        from synergy.people.models import Institution
        from synergy.search.kinds import register_kind

        register_kind(PEOPLE)
        post_save.connect(note_institution, sender=Institution)
        keep_out(is_kept_out)
        tell_own_data()
        asking_erasure.register_notices()
        asking_invitation.register_notices()
        register_eraser(erase)
