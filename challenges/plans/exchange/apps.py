from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Plans from files and into files."""

    name = "challenges.plans.exchange"
    label = "plan_exchange"

    def ready(self) -> None:
        from challenges.plans.exchange.own_data import tell_own_data

        tell_own_data()
