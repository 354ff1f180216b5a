from django.apps import AppConfig


class HooksConfig(AppConfig):
    """Other programs hear what happens in a cohort."""

    name = "synergy.hooks"
    label = "hooks"

    def ready(self) -> None:
        from synergy.hooks.erasing import erase
        from synergy.hooks.notices import register_notices
        from synergy.hooks.own_data import tell_own_data
        from synergy.hooks.sending import forget_old
        from synergy.hooks.sources import note_facts
        from synergy.journal.companions import accompany
        from synergy.people.erasing import register as register_eraser
        from synergy.queue.schedule import register_daily

        accompany(note_facts)
        register_notices()
        register_daily("hooks.forget", forget_old)
        tell_own_data()
        register_eraser(erase)
