from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "synergy.people"
    label = "people"
