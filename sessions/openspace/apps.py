from django.apps import AppConfig


class OpenSpaceConfig(AppConfig):
    """Open Space gatherings: the wall, its rounds, reports and proceedings."""

    name = "sessions.openspace"
    label = "openspace"

    def ready(self) -> None:
        from rooms.companions import register as register_companion
        from sessions.openspace.companion import companion_of_room
        from sessions.openspace.erasing import erase
        from sessions.openspace.notices import register_notices
        from sessions.openspace.own_data import tell_own_data
        from sessions.openspace.search import REPORTS, TOPICS, note_gathering_facts, note_topic_facts
        from sessions.openspace.since import news_of_gatherings
        from sessions.openspace.streams import GATHERING, TOPIC
        from sessions.openspace.underway import rounds_as_they_went
        from sessions.since import register as register_news
        from sessions.underway import register as register_underway
        from synergy.live.kinds import register
        from synergy.people.erasing import register as register_eraser
        from synergy.search.kinds import follow, register_kind

        register(GATHERING)
        register(TOPIC)
        register_kind(TOPICS)
        register_kind(REPORTS)
        follow("gathering", note_gathering_facts)
        follow("topic", note_topic_facts)
        register_notices()
        register_companion(companion_of_room)
        register_underway(rounds_as_they_went)
        register_news(news_of_gatherings)
        tell_own_data()
        register_eraser(erase)
