from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Plans from files and into files."""

    name = "challenges.plans.exchange"
    label = "plan_exchange"

    def ready(self) -> None:
        from challenges.plans.exchange.erasing import erase
        from challenges.plans.exchange.own_data import tell_own_data
        from synergy.people.erasing import register as register_eraser

        tell_own_data()
        register_eraser(erase)
