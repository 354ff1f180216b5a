from django.apps import AppConfig
from django.db.backends.signals import connection_created


class PeopleConfig(AppConfig):
    name = "synergy.people"
    label = "people"

    def ready(self) -> None:
        from synergy.alphabet import teach_letters
        from synergy.people.sign_in_data import tell_own_data

        tell_own_data()
        connection_created.connect(teach_letters)
