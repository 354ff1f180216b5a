from django.apps import AppConfig


class TaskGroupsConfig(AppConfig):
    """Task groups: proposed by the mixer, changed by hand, published with a room each."""

    name = "challenges.groups"
    label = "task_groups"

    def ready(self) -> None:
        from challenges.groups.companion import companion_of_group
        from challenges.groups.demo import mix_groups
        from challenges.groups.knocking import words_at_a_groups_door
        from challenges.groups.own_data import tell_own_data
        from challenges.groups.streams import GROUPS, MIX
        from challenges.groups.threads import group_threads
        from challenges.groups.waiting import groups_of_today
        from challenges.threads import register as register_threads
        from rooms.companions import register as register_companion
        from rooms.knocking import register as register_words_at_the_door
        from sessions.demo.build import add_to_demo
        from sessions.waiting import register as register_waiting
        from synergy.live.kinds import register

        register(MIX)
        register(GROUPS)
        register_threads(group_threads)
        register_companion(companion_of_group)
        register_words_at_the_door(words_at_a_groups_door)
        register_waiting(groups_of_today)
        add_to_demo(mix_groups)
        tell_own_data()
