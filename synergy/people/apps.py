from django.apps import AppConfig
from django.db.backends.signals import connection_created


class PeopleConfig(AppConfig):
    name = "synergy.people"
    label = "people"

    def ready(self) -> None:
        from synergy.alphabet import add_collations
        from synergy.people.sign_in_data import tell_own_data

        tell_own_data()
        connection_created.connect(add_collations)
