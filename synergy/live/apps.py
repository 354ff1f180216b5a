from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "synergy.live"
    label = "live"
