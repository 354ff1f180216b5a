from datetime import time

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsultationsConfig(AppConfig):
    """Peer consultations: a group works on its challenge by a protocol, and recommends."""

    name = "challenges.consultations"
    label = "consultations"

    def ready(self) -> None:
        from challenges.consultations.ahead import what_comes_back
        from challenges.consultations.companion import companion_of_room
        from challenges.consultations.daily import ask_about_commitments, look_at_clocks
        from challenges.consultations.demo import hold_consultations
        from challenges.consultations.erasing import erase
        from challenges.consultations.models import Consultation
        from challenges.consultations.notices import register_notices
        from challenges.consultations.own_data import tell_own_data
        from challenges.consultations.quiet import quiet_in_room, why_room_stays_open
        from challenges.consultations.search import RECOMMENDATIONS, note_consultation_facts
        from challenges.consultations.streams import CONSULTATION
        from challenges.consultations.threads import consultation_threads
        from challenges.consultations.waiting import consultations_that_wait
        from challenges.threads import register as register_threads
        from rooms.companions import register as register_companion
        from rooms.in_use import register as register_in_use
        from rooms.quiet import register as register_quiet
        from sessions.ahead import register as register_ahead
        from sessions.demo.build import add_to_demo
        from sessions.waiting import register as register_waiting
        from synergy.hooks.sources import register_source
        from synergy.live.kinds import register
        from synergy.notices.schedule import register_each_morning
        from synergy.people.erasing import register as register_eraser
        from synergy.people.zones import ZONE_OF_COUNTRY
        from synergy.queue.schedule import register_daily
        from synergy.search.kinds import follow, register_kind

        register(CONSULTATION)
        register_kind(RECOMMENDATIONS)
        follow("consultation", note_consultation_facts)
        register_source(
            "consultation",
            _("Consultations"),
            lambda key: Consultation.objects.filter(pk=key).values("challenge__cohort"),
        )
        register_quiet(quiet_in_room)
        register_in_use(why_room_stays_open)
        register_threads(consultation_threads)
        register_companion(companion_of_room)
        register_waiting(consultations_that_wait)
        register_ahead(what_comes_back)
        register_notices()
        add_to_demo(hold_consultations)
        register_each_morning("consultations.commitments", ask_about_commitments)
        register_daily(
            "consultations.clocks",
            look_at_clocks,
            at=time(0, 1),
            zones=lambda: sorted(set(ZONE_OF_COUNTRY.values())),
        )
        tell_own_data()
        register_eraser(erase)
