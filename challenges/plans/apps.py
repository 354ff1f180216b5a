from django.apps import AppConfig


class PlansConfig(AppConfig):
    """What an institution has agreed to do, how far it is, and what proves it."""

    name = "challenges.plans"
    label = "plans"
