from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from rooms.actions import delete_orphans
from rooms.actions.forgetting import forget_old_marks
from synergy.audit.trail import forget_old_acts
from synergy.cohorts.actions import forget_strangers, forget_unused_invitations
from synergy.notices.actions import forget_old_notices
from synergy.people.actions import delete_stray_pictures, forget_ended_sessions
from synergy.queue.claims import forget_old_tasks


class Command(BaseCommand):
    help = (
        "Removes what nobody needs any more: sign-ins that have run out, people who were let in by a "
        "join code and never came, uploads that no message took within a day, files that nothing "
        "refers to, invitations that nobody took, read marks of people who left, notices that were read long "
        "ago, tasks that are done and old entries of the audit trail. Run it daily."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        call_command("clearsessions")
        sessions = forget_ended_sessions(now)
        strangers = forget_strangers(now)
        uploads, files = delete_orphans(now)
        self.stdout.write(
            f"Removed {sessions} ended sessions, {strangers} people who never came, "
            f"{uploads} uploads without message and {files + delete_stray_pictures(now)} files without entry."
        )
        self.stdout.write(
            f"Removed {forget_unused_invitations(now)} invitations that nobody took "
            f"and {forget_old_marks(now)} read marks of people who left."
        )
        self.stdout.write(
            f"Removed {forget_old_notices(now)} old notices, {forget_old_tasks(now)} old tasks "
            f"and {forget_old_acts(now)} old entries of the audit trail."
        )
