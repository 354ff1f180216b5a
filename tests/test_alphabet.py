"""Names stand in the order of the reader's alphabet: as in the browser, and alike on both databases."""

import json
import random
import subprocess

import pytest
from django.utils import translation

from synergy.alphabet import LETTERS, alphabetical, sort_key
from synergy.people.models import Institution, Tier

NAMES = (
    """
Anna Nowak|Ądam|Adam|Łukasz Zięba|Lukasz|Lżycki|Marta|Zofia|Żaneta|Źrebak|Zenon|Ćwik|Czesław|Cichy|Órla|Ola|Ostrów
Śliwa|Szymon|Stanisław|Ńuta|Nowy|Ewa|Ęwa|Ezop|Ģirts|Gunārs|Harijs|Ķekava|Kaspars|Lilita|Ļaudona|Ņina|Normunds|Šulcs
Sandra|Žanis|Zane|Ābele|Abava|Āne|Ēriks|Egils|Īve|Ivars|Ūdris|Ulla|Ymer|Ina|Chovan|Cyril|Hana|Hviezda|Ivan|Čierna
Cukor|Ďuro|Dana|Ľubica|Lucia|Ťažký|Tomáš|Ôsmy|Oto|Otília|Áron|Ärmel|Anton|Cseh|Cukor|Czakó|Dzsida|Dzurinda|Duna|Gyula
Győr|Guba|Gál|Lyka|Luca|Nyár|Nagy|Őri|Ötvös|Oszkár|Ozora|Szabó|Sugár|Solt|Tyukod|Tamás|Űri|Ürge|Uzsa|Zsolt|Zala|Zoltán
Vasszegi|Vasszony|Vastag|Ёлка|Йордан|Иван|Ирина|Яна|Юлия|Цветан|Чавдар|Щерев|Шишков|Аделина|анна|АННА|Анна
Boros Péterné|Boros-Kiss|Boros Ágnes|boros|Boros|Réka|Reka|Rekà|Ö|O|Ő|o|ö|ő|12 miast|2 miasta|Öld|Őld|Olda|Čech|Chech
""".replace("\n", "|")
    .strip("|")
    .split("|")
)


def everything():
    """The names above, and made-up words of letters that matter."""
    dice = random.Random(7)
    letters = "aąáäbcčćdzsegģyhiíjkķlłmnńoóöőôprstuúüűvzźżž абвийц"
    made = ["x" + "".join(dice.choices(letters, k=dice.randint(1, 6))).strip() for _ in range(400)]
    return sorted({*NAMES, *made})


@pytest.mark.once
@pytest.mark.parametrize("language", LETTERS)
def test_names_are_ordered_as_browsers_order_them(language):
    script = (
        "let text = '';"
        "process.stdin.on('data', (part) => (text += part)).on('end', () => {"
        "const collator = new Intl.Collator(process.argv[1]);"
        "console.log(JSON.stringify(JSON.parse(text).sort(collator.compare)))})"
    )
    done = subprocess.run(
        ["node", "-e", script, language],
        input=json.dumps(everything()),
        capture_output=True,
        text=True,
        check=True,
    )
    assert sorted(everything(), key=lambda name: sort_key(name, language)) == json.loads(done.stdout)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "ordered"),
    [
        ("pl", ["Lublin", "Lwów", "Łódź", "Mława", "Źrebak", "Żagań"]),
        ("sk", ["Cyril", "Čadca", "Hviezda", "Chovan", "Ivan"]),
        ("hu", ["Cukor", "Cseh", "Oszkár", "Ötvös", "Őze", "Pápa"]),
        ("lv", ["Egils", "Gunārs", "Ģirts", "Harijs"]),
        ("bg", ["Йордан", "Кърджали", "Щерев", "Adam"]),
    ],
)
def test_both_databases_order_so(language, ordered):
    for name in reversed(ordered):
        Institution.objects.create(name=name, country="PL", tier=Tier.CENTRAL)
    with translation.override(language):
        found = Institution.objects.order_by(alphabetical("name")).values_list("name", flat=True)
        assert list(found) == ordered


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("łódź", ["Łódź 100%"]),
        ("ŁÓDŹ", ["Łódź 100%"]),
        ("000%", []),
        ("100%", ["Łódź 100%"]),
        ("_", []),
        ("софия", ["София"]),
    ],
)
def test_both_databases_find_small_and_capital_letters_alike(asked, found):
    for name in ("Łódź 100%", "София"):
        Institution.objects.create(name=name, country="PL", tier=Tier.CENTRAL)
    rows = Institution.objects.filter(name__icontains=asked)
    assert list(rows.values_list("name", flat=True)) == found
