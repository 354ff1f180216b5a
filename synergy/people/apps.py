from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "synergy.people"
    label = "people"

    def ready(self) -> None:
        from synergy.people.sign_in_data import tell_own_data

        tell_own_data()
