from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "synergy.live"
    label = "live"

    def ready(self) -> None:
        from synergy.journal import log
        from synergy.live.process import announce

        log.listen(announce)
