from django.apps import AppConfig


class KeysConfig(AppConfig):
    """What people let other programs do in their name."""

    name = "synergy.keys"
    label = "keys"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from synergy.keys import description  # noqa: F401 - registers how the OpenAPI page says it
        from synergy.keys.erasing import erase
        from synergy.keys.own_data import tell_own_data
        from synergy.people.erasing import register as register_eraser

        tell_own_data()
        register_eraser(erase)
