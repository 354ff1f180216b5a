"""What the institutions of the demonstration bring. People are keys of `sessions.demo.people.GUESTS`."""

from __future__ import annotations

from dataclasses import dataclass, field

from challenges.models import Confidentiality


@dataclass(frozen=True)
class Case:
    """`texts`: {field: text}, written by the first of `by`, its later ones by the second, if there is one.

    The answer of the facilitators: `questions` to the institution, or it is accepted, or neither yet.
    """

    by: tuple[str, ...]
    language: str
    texts: dict[str, str]
    readers: str = Confidentiality.GROUP
    questions: str = ""
    is_accepted: bool = False
    tags: tuple[str, ...] = field(default=())


CASES = (
    Case(
        by=("krzysztof.lecki", "elzbieta.nowicka"),
        language="en",
        texts={
            "title": "Eight departments, one citizen: who answers the letter?",
            "key_question": "How can I get eight heads of department to share one list of letters, when each is "
            "measured only on their own?",
            "situation": "Letters that touch more than one department wait on average 23 working days. The law "
            "gives us 30, the citizens give us ten. Every department answers its own part; nobody sees the "
            "whole.\n\nAbout 140 letters a month are of this kind, one in six of all that we get. In 2 of 5 the "
            "citizen gets two answers that do not fit together.",
            "tried": "- A shared mailbox. It was closed after four months: everybody could read it, so nobody "
            "felt addressed.\n- A weekly meeting of all eight, which became a report.\n- A table of letters that "
            "one colleague kept. It worked well until she moved to another office.",
            "stakeholders": "The eight heads of department and their deputies. The front desk, which takes the "
            "calls when no answer comes. The director-general, who signs the targets of each department.",
            "desired_result": "One answer, one name, ten working days. With the people that we have.",
            "constraints": "The targets of this year are signed. There is no money for another document system; "
            "we have three.",
        },
    ),
    Case(
        by=("tomasz.wojcik", "malgorzata.zulawska"),
        language="pl",
        texts={
            "title": "Doświadczeni odchodzą, a wiedza razem z nimi",
            "key_question": "Jak przekazać wiedzę kierowników, którzy odejdą na emeryturę w ciągu dwóch lat, "
            "skoro ich następcy nie są jeszcze wybrani?",
            "situation": "Do końca przyszłego roku odejdzie na emeryturę 11 z 26 kierowników oddziałów. Konkurs na "
            "stanowisko możemy ogłosić dopiero, gdy jest wolne, więc poprzednik i następca nigdy nie pracują "
            "razem.\n\nPo ostatnim takim odejściu przez pół roku wracaliśmy do ustaleń, które już raz zapadły.",
            "tried": "Ankiety z odchodzącymi osobami: powstały trzy segregatory, do których nikt nie zagląda.",
            "stakeholders": "Kierownicy, ich zastępcy, dział kadr, dyrektor generalny.",
            "desired_result": "Nowy kierownik po trzech miesiącach wie, kogo o co zapytać i które ustalenia "
            "obowiązują. Nikt nie zaczyna od zera.",
            "constraints": "Zasad naboru nie zmienimy, określa je ustawa. Nie możemy płacić za podwójną obsadę.",
            "summary": "Eleven of our 26 heads of unit retire by the end of next year. By law a post can be "
            "offered only once it is vacant, so the old and the new head never work together. Exit "
            "questionnaires filled three binders that nobody opens. We look for a way to hand knowledge over "
            "before a successor is known, without paying two people for one post.",
        },
        questions="Thank you, this is clear and close to life. Two questions before we look for a group:\n\n"
        "1. Who could keep the knowledge of a unit while its post is vacant? A deputy, or somebody else?\n"
        "2. Is there one unit where you could begin this spring?",
        tags=("knowledge", "succession"),
    ),
    Case(
        by=("lubica.horvathova", "marek.simko"),
        language="sk",
        readers=Confidentiality.COHORT,
        texts={
            "title": "Školenie sa skončí a v pondelok je všetko po starom",
            "key_question": "Ako dosiahneme, aby účastníci do troch mesiacov od školenia urobili doma aspoň jednu "
            "zmenu, keď ich nadriadení o školení takmer nevedia?",
            "situation": "Ročne vyškolíme asi 1 900 vedúcich zamestnancov. Spokojnosť je 4,6 z 5. Pol roka po "
            "školení však len každý ôsmy uvedie zmenu, ktorú naozaj zaviedol.",
            "tried": "Osobný akčný plán na konci kurzu. Vyplní ho každý, doma ho otvorí málokto. E-mail po mesiaci "
            "číta tretina ľudí.",
            "stakeholders": "Účastníci, ich priami nadriadení, osobné úrady ministerstiev, naši lektori.",
            "desired_result": "Polovica účastníkov zavedie do troch mesiacov jednu zmenu a ich nadriadený o nej vie.",
            "constraints": "Nadriadeným nemôžeme nič prikázať. Kurz má dva dni a dlhší nebude.",
            "summary": "We train about 1,900 managers a year. They are content (4.6 of 5), but half a year later "
            "only one in eight can name a change that they made. Personal action plans and reminders by mail "
            "did little, and the participants’ superiors hardly know of the course. We look for ways to bring "
            "the superior in without being able to order anything.",
        },
        is_accepted=True,
        tags=("learning", "superiors"),
    ),
    Case(
        by=("peterne.boros", "reka.kovari"),
        language="hu",
        readers=Confidentiality.COHORT,
        texts={
            "title": "A jó ötletek az ügyfélszolgálaton maradnak",
            "key_question": "Hogyan érjük el, hogy az ügyintézők javaslatai két héten belül választ kapjanak, ha "
            "senkinek sem feladata válaszolni rájuk?",
            "situation": "Az elmúlt évben 64 javaslat érkezett a munkatársaktól. Kilencre adott valaki választ, "
            "hármat valósítottunk meg. Tavasz óta alig jön új.",
            "tried": "Ötletláda az intraneten és havi díj a legjobb javaslatért. A díj után kevesebb javaslat jött, "
            "nem több.",
            "stakeholders": "42 ügyintéző, öt osztályvezető, a hivatalvezető, az informatikai szolgáltató.",
            "desired_result": "Minden javaslatra két héten belül érkezik egy név és egy válasz, akkor is, ha az "
            "nem.",
            "constraints": "Nincs külön pénz. Az informatikai rendszert nem mi módosítjuk.",
            "summary": "Our clerks made 64 suggestions last year; nine were answered and three came true, and now "
            "hardly any come. An ideas box and a monthly prize did not help. We look for a way in which every "
            "suggestion gets a name and an answer within two weeks, without money.",
        },
        is_accepted=True,
        tags=("ideas", "front desk"),
    ),
    Case(
        by=("yordanka.stoyanova", "plamen.shterev"),
        language="bg",
        texts={
            "title": "Два отдела, една обиколка на селата",
            "key_question": "Как да убедя двама началници, които не си говорят, да пътуват с една кола при хората?",
            "situation": "Отдел „Социални услуги“ и отдел „Земи“ обикалят едни и същи 31 села, всеки със свой график. "
            "Хората идват два пъти за една преписка.",
            "tried": "Общ график, който важа три седмици. След един спор всеки се върна към своя.",
            "stakeholders": "Двамата началници, 14 служители, кметовете на селата, около 5 200 жители.",
            "desired_result": "Едно идване в месеца, на което човек свършва всичко.",
            "constraints": "Колата е една от април. Началниците са равни по ранг и никой не отговаря за другия.",
            "summary": "Two of our departments go round the same 31 villages, each with a timetable of its own, so "
            "people come twice for one file. Their heads do not talk to each other, and neither ranks above the "
            "other. From April there is one car. How do I bring them into it?",
        },
        is_accepted=True,
        tags=("departments", "villages"),
    ),
    Case(
        by=("girts.kalnins", "liga.skele"),
        language="lv",
        readers=Confidentiality.COHORT,
        texts={
            "title": "Attālinātais darbs: kurš pamana, ka kolēģis ir noguris?",
            "key_question": "Kā vadītājs pamana pārslodzi komandā, ko redz tikai ekrānā?",
            "situation": "Divas trešdaļas komandas strādā no mājām. Šogad trīs labi kolēģi aizgāja, un neviens to "
            "nebija gaidījis.",
            "tried": "Aptauja reizi ceturksnī. Atbild puse, un atbildes vienmēr ir labas.",
            "stakeholders": "Seši nodaļu vadītāji, 48 darbinieki, personāla daļa.",
            "desired_result": "Vadītājs par grūtībām uzzina mēnesi agrāk nekā no atlūguma.",
            "constraints": "Uz biroju visus neatsauksim. Uzraudzības programmas mēs nelietosim.",
            "summary": "Two thirds of our staff work from home. This year three good colleagues left, and nobody had "
            "seen it coming. A quarterly survey tells nothing. How does a manager notice overload in a team "
            "that is seen on a screen only, without software that watches people?",
        },
        is_accepted=True,
        tags=("remote work",),
    ),
    Case(
        by=("janis.krumins", "ilze.berzina"),
        language="en",
        readers=Confidentiality.PROGRAMME,
        texts={
            "title": "Permits that nobody dares to refuse",
            "key_question": "How do I back a clerk who refuses a permit, when the phone rings at the minister’s "
            "office an hour later?",
            "situation": "In one of nine cases a refusal is turned round after a call. The files then hold two "
            "decisions, and the clerks have learnt to wait.",
            "tried": "A rule that calls are written down. It was kept for five weeks.",
            "stakeholders": "31 clerks, four heads of unit, the deputy state secretary, applicants.",
            "desired_result": "A refusal stands, or is changed by the one who signed it, with a reason in the file.",
            "constraints": "We cannot forbid anybody to call.",
        },
        is_accepted=True,
        tags=("decisions", "courage"),
    ),
)
