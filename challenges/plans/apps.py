from django.apps import AppConfig


class PlansConfig(AppConfig):
    """What an institution has agreed to do, how far it is, and what proves it."""

    name = "challenges.plans"
    label = "plans"

    def ready(self) -> None:
        from challenges.plans.demo.build import bring_plans
        from challenges.plans.links import check_links
        from challenges.plans.streams import PLAN
        from sessions.demo.build import add_to_demo
        from synergy.live.kinds import register
        from synergy.queue.schedule import register_daily

        register(PLAN)
        add_to_demo(bring_plans)
        register_daily("plans.links", check_links)
