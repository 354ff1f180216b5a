from django.apps import AppConfig


class ChallengesConfig(AppConfig):
    """What institutions bring: management challenges and what becomes of them."""

    name = "challenges"
    label = "challenges"

    def ready(self) -> None:
        from challenges.streams import CHALLENGE
        from synergy.live.kinds import register

        register(CHALLENGE)
