"""Work that is done after the answer: tasks in the database, and what comes round every day.

    from django_tasks import task

    @task()
    def check_link(evidence: int) -> None: ...

    check_link.enqueue(evidence.pk)          # in the transaction that makes it necessary

A task that is enqueued in a transaction is done if that transaction commits, whatever happens to the
process afterwards. It may be done twice, when the process is killed in the middle of it, so it looks
whether there is still something to do. One that fails is tried again, see `claims.WAITS`.
"""
