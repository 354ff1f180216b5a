from django.db import OperationalError, connection


def test_healthy_without_signing_in(client, db):
    answer = client.get("/health/")

    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert "no-store" in answer["Cache-Control"]


def test_ill_when_the_database_is_away(client, db):
    def refuse(execute, sql, params, many, context):
        raise OperationalError("gone")

    with connection.execute_wrapper(refuse):
        answer = client.get("/health/")

    assert (answer.status_code, answer.content) == (503, b"database\n")
