"""What a person is told: on the bell and the page of notices, by mail and by push, as each has chosen.

    register(NoticeKind(name="plan_returned", group=_("Plans"), label=_("Your plan comes back with questions"),
                        title=_("Questions on your plan: %(title)s"),
                        text=_("%(who)s has read the plan “%(title)s”, and asks:")))

    notify(people=authors, kind="plan_returned", key=str(step.pk), values={…}, address=reverse(…), now=now)

The first in `AppConfig.ready`, the second in the transaction that makes it true.
"""
