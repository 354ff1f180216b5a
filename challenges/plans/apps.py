from django.apps import AppConfig
from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _


class PlansConfig(AppConfig):
    """What an institution has agreed to do, how far it is, and what proves it."""

    name = "challenges.plans"
    label = "plans"

    def ready(self) -> None:
        from challenges.plans.own_data import tell_own_data

        _follow()
        _show()
        _tell()
        _open()
        tell_own_data()


def _follow() -> None:
    """The streams, and what follows them."""
    from challenges.plans.models import Plan, Report
    from challenges.plans.reporting.streams import REPORT, REPORTING
    from challenges.plans.search import ITEMS, PLANS, note_institution, note_plan_facts
    from challenges.plans.streams import PLAN
    from synergy.hooks.sources import register_source
    from synergy.live.kinds import register
    from synergy.people.models import Institution
    from synergy.search.kinds import follow, register_kind

    for kind in (PLAN, REPORTING, REPORT):
        register(kind)
    for found in (PLANS, ITEMS):
        register_kind(found)
    follow("plan", note_plan_facts)
    post_save.connect(note_institution, sender=Institution)
    register_source("plan", _("Plans"), lambda key: Plan.objects.filter(pk=key).values("cohort"))
    register_source("report", _("Reports"), lambda key: Report.objects.filter(pk=key).values("plan__cohort"))
    words = _("Periods and stocktakes")
    register_source("reporting", words, lambda key: Plan.objects.filter(pk=key).values("cohort"))


def _show() -> None:
    """On the pages of others."""
    from challenges.plans.ahead import what_is_due_next
    from challenges.plans.companion import companion_of_item
    from challenges.plans.demo.build import bring_plans
    from challenges.plans.reporting.demo import bring_reports
    from challenges.plans.reporting.waiting import reports_that_wait
    from challenges.plans.since import news_of_plans
    from challenges.plans.threads import plan_threads
    from challenges.plans.waiting import plans_that_wait
    from challenges.threads import register as register_threads
    from rooms.companions import register as register_companion
    from sessions.ahead import register as register_ahead
    from sessions.demo.build import add_to_demo
    from sessions.since import register as register_news
    from sessions.waiting import register as register_waiting

    register_companion(companion_of_item)
    add_to_demo(bring_reports)
    add_to_demo(bring_plans)
    register_threads(plan_threads)
    register_news(news_of_plans)
    register_ahead(what_is_due_next)
    register_waiting(plans_that_wait)
    register_waiting(reports_that_wait)


def _tell() -> None:
    """Notices, and what is done day by day."""
    from challenges.plans.links import check_links
    from challenges.plans.notices import register_notices
    from challenges.plans.reminders import remind, remind_of_talk
    from challenges.plans.reporting.notices import register_notices as register_report_notices
    from challenges.plans.reporting.reminders import remind_of_decisions, remind_of_reports
    from challenges.plans.strays import delete_strays
    from synergy.notices.schedule import register_each_morning
    from synergy.queue.schedule import register_daily

    register_report_notices()
    register_notices()
    register_each_morning("plans.reports", remind_of_reports)
    register_each_morning("plans.decisions", remind_of_decisions)
    register_each_morning("plans.reminders", remind)
    register_each_morning("plans.talk", remind_of_talk)
    register_daily("plans.links", check_links)
    register_daily("plans.strays", delete_strays)


def _open() -> None:
    """To programs with a token."""
    from synergy.keys.scopes import register_scope

    register_scope("plans:read", _("Read plans"))
    register_scope("plans:write", _("Enter readings and progress of plans"))
    register_scope("calendar:read", _("Read your deadlines, as a calendar"), is_offered=False)
