from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "synergy.journal"
    label = "journal"
