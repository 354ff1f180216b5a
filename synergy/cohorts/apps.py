from django.apps import AppConfig


class CohortsConfig(AppConfig):
    name = "synergy.cohorts"
    label = "cohorts"
