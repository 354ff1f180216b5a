from django.db import migrations, models

SQLITE = [
    # The tokenizer leaves all but ASCII punctuation as it is: words come folded from synergy.search.words.
    (
        "CREATE VIRTUAL TABLE search_words USING fts5("
        "words, content='search_document', content_rowid='id', detail=none, columnsize=0, tokenize='ascii')"
    ),
    (
        "CREATE TRIGGER search_words_insert AFTER INSERT ON search_document BEGIN"
        " INSERT INTO search_words(rowid, words) VALUES (new.id, new.words); END"
    ),
    (
        "CREATE TRIGGER search_words_delete AFTER DELETE ON search_document BEGIN"
        " INSERT INTO search_words(search_words, rowid, words) VALUES ('delete', old.id, old.words); END"
    ),
    (
        "CREATE TRIGGER search_words_update AFTER UPDATE OF words ON search_document"
        " WHEN old.words IS NOT new.words BEGIN"
        " INSERT INTO search_words(search_words, rowid, words) VALUES ('delete', old.id, old.words);"
        " INSERT INTO search_words(rowid, words) VALUES (new.id, new.words); END"
    ),
]
POSTGRES = [
    (
        # Not in SQL, which would be put into each query and lose its cost: without it the planner takes
        # making the vector of every row for nearly free, and reads the whole table for common words.
        "CREATE FUNCTION search_vector(words text) RETURNS tsvector LANGUAGE plpgsql"
        " IMMUTABLE STRICT PARALLEL SAFE COST 10000"
        " AS 'BEGIN RETURN array_to_tsvector(string_to_array(words, '' '')); END'"
    ),
    "CREATE INDEX search_words ON search_document USING gin (search_vector(words))",
]


def make_index(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRES:
        schema_editor.execute(statement)


def drop_index(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for event in ("insert", "delete", "update"):
            schema_editor.execute(f"DROP TRIGGER search_words_{event}")
        schema_editor.execute("DROP TABLE search_words")
    else:
        schema_editor.execute("DROP INDEX search_words")
        schema_editor.execute("DROP FUNCTION search_vector")


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Document",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=16)),
                ("object_id", models.BigIntegerField()),
                ("language", models.CharField(blank=True, max_length=2)),
                ("title", models.CharField(blank=True, max_length=500)),
                ("text", models.TextField(blank=True)),
                ("words", models.TextField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "object_id"), name="document_kind_object")
                ],
            },
        ),
        migrations.RunPython(make_index, drop_index, elidable=False),
    ]
