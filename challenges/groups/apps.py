from django.apps import AppConfig


class TaskGroupsConfig(AppConfig):
    """Task groups: proposed by the mixer, changed by hand, published with a room each."""

    name = "challenges.groups"
    label = "task_groups"

    def ready(self) -> None:
        from challenges.groups.streams import GROUPS, MIX
        from synergy.live.kinds import register

        register(MIX)
        register(GROUPS)
