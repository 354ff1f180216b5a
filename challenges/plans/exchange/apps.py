from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Plans from files and into files."""

    name = "challenges.plans.exchange"
    label = "plan_exchange"
