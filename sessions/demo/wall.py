"""What stands on the wall of the demonstration: an Open Space between its first and its second round."""

from __future__ import annotations

from dataclasses import dataclass

THEME = {
    "en": "What did we see on our visits? What will we do at home?",
    "pl": "Co zobaczyliśmy podczas wizyt? Co zrobimy u siebie?",
    "bg": "Какво видяхме при посещенията? Какво ще направим у дома?",
    "lv": "Ko mēs redzējām vizītēs? Ko mēs darīsim mājās?",
    "hu": "Mit láttunk a látogatásokon? Mit teszünk otthon?",
    "sk": "Čo sme videli na návštevách? Čo urobíme doma?",
}
GIVENS = {
    "en": "Laws and budgets of this year are as they are. Everything else can be changed. Each office takes "
    "one change home, with a date.",
}
SPONSOR = "Румяна Илиева, Agency for Administrative Services, Sofia"
SPACES = ("Amber", "Linden", "Danube", "Rhodope", "Tatra", "Baltic")


@dataclass(frozen=True)
class Sheet:
    """A topic. `at`: (round, space) where it stands; none while it waits. People are keys of `GUESTS`."""

    by: str
    title: str
    why: str = ""
    language: str = "en"
    at: tuple[int, str] | None = None
    interested: tuple[str, ...] = ()
    with_: tuple[str, ...] = ()
    report: Report | None = None


@dataclass(frozen=True)
class Report:
    summary: str
    recommendations: str
    step: str
    who: str


SHEETS = (
    Sheet(
        "elzbieta.nowicka",
        "Eight departments, one citizen: who answers the letter?",
        "One letter went through eight departments. The citizen got eight answers.",
        at=(1, "Tatra"),
        interested=("gergana.zhivkova", "krzysztof.lecki", "tomasz.wojcik", "marek.simko"),
        report=Report(
            "Nobody owned the letter, because the registry system needs one owner and chose the first "
            "department. In Sofia one person at the counter keeps the letter until it is answered, with her "
            "name on it. What is open after three days stands on the board in the director's corridor.",
            "- Give each letter one name, not one department.\n"
            "- Show open letters where the director walks by.\n"
            "- Ask the citizen once whether the answer was one.",
            "Put one name on each letter for a month and count the answers",
            "Elżbieta Nowicka",
        ),
    ),
    Sheet(
        "yordanka.stoyanova",
        "Как хората на гишето участват в промяната?",
        "Те знаят първи кое не работи.",
        "bg",
        at=(1, "Rhodope"),
        interested=("plamen.shterev", "tsvetelina.radeva", "ilze.berzina"),
        report=Report(
            "Всеки петък двама служители от гишето разказват по един случай пред директора. За шест месеца "
            "два формуляра отпаднаха, защото никой не можа да каже за какво служат.",
            "- Първо питайте гишето, после ръководителите.\n- Записвайте какво е обещал директорът.",
            "Първият петъчен разказ пред директора",
            "Йорданка Стоянова",
        ),
    ),
    Sheet(
        "girts.kalnins",
        "Remote teams: how do you notice that somebody is tired?",
        "My best analyst answers mails at 23:40 and says that she is fine.",
        at=(1, "Baltic"),
        interested=("liga.skele", "reka.kovari", "malgorzata.zulawska"),
        report=Report(
            "A question on Monday (“how much strength do you have today, from one to five?”) shows more than "
            "any report. Turning the mail server off after 20:00 for a month was accepted at once.",
            "- Ask for strength on Mondays, the head first.\n- No mail after 20:00, by rule of the house.",
            "Begin every Monday with the question, for six weeks",
            "Ģirts Kalniņš",
        ),
    ),
    Sheet(
        "reka.kovari",
        "Mit csinálunk, ha mindenki igazat ad, de senki nem lép?",
        "Mindenki bólint az értekezleten, aztán nem történik semmi.",
        "hu",
        at=(1, "Danube"),
        interested=("gergely.szabo", "zofia.durisova"),
    ),
    Sheet(
        "ilze.berzina",
        "What makes a department head share bad news early?",
        "Our risk list is green until the day it is red.",
        at=(2, "Amber"),
        interested=(
            "janis.krumins",
            "dimitar.kolev",
            "peterne.boros",
            "gergely.szabo",
            "malgorzata.zulawska",
            "zofia.durisova",
            "elzbieta.nowicka",
            "pawel.gasior",
        ),
        with_=("janis.krumins",),
    ),
    Sheet(
        "tomasz.wojcik",
        "Jak mówić „nie”, kiedy wszyscy proszą?",
        "Zaczynamy dwanaście projektów, kończymy trzy.",
        "pl",
        at=(2, "Linden"),
        interested=("pawel.gasior", "krzysztof.lecki", "marek.simko"),
    ),
    Sheet(
        "plamen.shterev",
        "Four people, ten tasks: sharing specialists between small offices",
        "We cannot hire a lawyer. Three of us together can.",
        at=(2, "Rhodope"),
        interested=("girts.kalnins", "liga.skele", "peterne.boros", "reka.kovari"),
    ),
    Sheet(
        "dimitar.kolev",
        "The first ten days of a new colleague: what do they decide?",
        "Who has lunch with the new one on the first day?",
        at=(3, "Linden"),
        interested=("lubica.horvathova", "elzbieta.nowicka", "ilze.berzina", "zofia.durisova"),
    ),
    Sheet(
        "lubica.horvathova",
        "Čo sa stane s poznatkami, keď odíde skúsený kolega?",
        "O dva roky odíde tretina ľudí.",
        "sk",
        at=(3, "Tatra"),
        interested=("marek.simko", "zofia.durisova", "elzbieta.nowicka", "gergana.zhivkova", "dimitar.kolev"),
    ),
    Sheet(
        "janis.krumins",
        "One report instead of seven",
        "We send 140 figures a month. Nobody has asked a question yet.",
        at=(3, "Amber"),
        interested=("krzysztof.lecki", "tsvetelina.radeva"),
    ),
    Sheet(
        "peterne.boros",
        "Saying no to a minister, politely",
        interested=("gergana.zhivkova", "janis.krumins", "tomasz.wojcik"),
    ),
    Sheet(
        "tsvetelina.radeva",
        "Служебният телефон след 18:00 ч.",
        "Кой е решил, че трябва да вдигаме?",
        "bg",
        interested=("girts.kalnins", "plamen.shterev"),
    ),
    Sheet(
        "malgorzata.zulawska",
        "Small budgets, big trust",
        "What can a head of unit decide alone?",
        interested=("liga.skele", "lubica.horvathova", "dimitar.kolev"),
    ),
)
NEWS = (
    ("11:01", "Round 1 is over, thank you. One report is still missing: Danube."),
    ("11:04", "Three topics still wait for a time and a place. Round 3 has room."),
)
