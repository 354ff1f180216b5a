from datetime import time

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """What a person is told, on the bell, by mail and by push."""

    name = "synergy.notices"
    label = "notices"

    def ready(self) -> None:
        from synergy.live.kinds import register
        from synergy.notices.erasing import erase
        from synergy.notices.mails import mail_digests
        from synergy.notices.own_data import tell_own_data
        from synergy.notices.schedule import zones_in_use
        from synergy.notices.streams import PERSON
        from synergy.people.erasing import register as register_eraser
        from synergy.queue.schedule import register_daily

        register(PERSON)
        register_daily("notices.digest", mail_digests, at=time(7), zones=zones_in_use)
        tell_own_data()
        register_eraser(erase)
