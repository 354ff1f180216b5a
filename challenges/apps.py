from django.apps import AppConfig
from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _


class ChallengesConfig(AppConfig):
    """What institutions bring: management challenges and what becomes of them."""

    name = "challenges"
    label = "challenges"

    def ready(self) -> None:
        from challenges.demo.build import bring_challenges
        from challenges.models import Challenge
        from challenges.notices import register_notices
        from challenges.own_data import tell_own_data
        from challenges.search import CHALLENGES, note_challenge_facts, note_institution
        from challenges.since import news_of_challenges
        from challenges.streams import CHALLENGE
        from challenges.waiting import challenges_that_wait
        from sessions.demo.build import add_to_demo
        from sessions.since import register as register_news
        from sessions.waiting import register as register_waiting
        from synergy.hooks.sources import register_source
        from synergy.keys.scopes import register_scope
        from synergy.live.kinds import register
        from synergy.people.models import Institution
        from synergy.search.kinds import follow, register_kind

        register(CHALLENGE)
        register_kind(CHALLENGES)
        follow("challenge", note_challenge_facts)
        post_save.connect(note_institution, sender=Institution)
        register_source(
            "challenge", _("Challenges"), lambda key: Challenge.objects.filter(pk=key).values("cohort")
        )
        register_scope("challenges:read", _("Read challenges"))
        register_notices()
        register_waiting(challenges_that_wait)
        register_news(news_of_challenges)
        add_to_demo(bring_challenges)
        tell_own_data()
