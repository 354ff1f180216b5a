"""What people say in the demonstration, in the order in which they say it.

Each line happens on a `day` (1 to 3) at a clock time in Warsaw. A line with a `key` can be
answered, reacted to, pinned, edited and removed by later lines.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Say:
    room: str
    day: int
    at: str
    by: str
    text: str
    key: str = ""
    root: str = ""
    lang: str = "en"
    mentions: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    """Names of files in `sessions.demo.files`."""


@dataclass(frozen=True)
class React:
    by: str
    key: str
    kind: str


@dataclass(frozen=True)
class Edit:
    by: str
    key: str
    text: str


@dataclass(frozen=True)
class Pin:
    by: str
    key: str


@dataclass(frozen=True)
class Remove:
    by: str
    key: str
    reason: str


Line = Say | React | Edit | Pin | Remove

PLENARY: tuple[Line, ...] = (
    Say(
        "Plenary",
        1,
        "08:52",
        "agnieszka.rudnicka",
        "Good morning, and welcome to session 5. We start at 9:00 Warsaw time, which is 10:00 in Sofia and Riga. "
        "Please write your name, your office and **one word** for how you arrive today.",
        key="welcome",
    ),
    Pin("agnieszka.rudnicka", "welcome"),
    Say("Plenary", 1, "08:55", "ilze.berzina", "Ilze, State Permit Agency. *Curious.*"),
    Say("Plenary", 1, "08:55", "dimitar.kolev", "Dimitar, Sofia. Rested, for once."),
    Say(
        "Plenary",
        1,
        "08:56",
        "peterne.boros",
        "Jó reggelt mindenkinek! Kertes, és a szó: *kíváncsi*.",
        lang="hu",
    ),
    Say(
        "Plenary", 1, "08:57", "tomasz.wojcik", "Dzień dobry z Zielina. Słowo na dziś: ostrożność.", lang="pl"
    ),
    Say(
        "Plenary",
        1,
        "08:58",
        "yordanka.stoyanova",
        "Добро утро на всички! Моята дума е „надежда“.",
        lang="bg",
        key="hope",
    ),
    React("rumyana.ilieva", "hope", "agree"),
    React("gergana.zhivkova", "hope", "agree"),
    React("ilze.berzina", "hope", "tell_me_more"),
    Say("Plenary", 1, "08:59", "liga.skele", "Labrīt no Krastkalnes! Mans vārds ir “miers”.", lang="lv"),
    Say(
        "Plenary",
        1,
        "09:00",
        "lubica.horvathova",
        "Dobré ráno, Bratislava je tu. Moje slovo: zvedavosť.",
        lang="sk",
    ),
    Say(
        "Plenary",
        1,
        "12:05",
        "rumyana.ilieva",
        "The agenda of the three days is attached. Lunch is one hour; bring your challenge back at 13:00.",
        files=("agenda.txt",),
        key="agenda",
    ),
    React("marek.simko", "agenda", "useful"),
    React("elzbieta.nowicka", "agenda", "useful"),
    Say(
        "Plenary",
        2,
        "14:10",
        "krzysztof.lecki",
        "What I take home from peer consulting: my question was the wrong question. I asked how to convince the "
        "managers. The peers asked who had ever asked the managers.",
        key="wrong",
    ),
    React("zofia.durisova", "wrong", "agree"),
    React("plamen.shterev", "wrong", "agree"),
    React("gergely.szabo", "wrong", "tell_me_more"),
    Say(
        "Plenary",
        3,
        "08:58",
        "agnieszka.rudnicka",
        "Today is Open Space. **You** make the agenda:\n\n"
        "- Put up a topic at the marketplace, right after the opening circle.\n"
        "- Go where you learn or give something. If neither is true, move on.\n"
        "- Whoever comes are the right people.\n\n"
        "Six rooms are open, and the lounge.",
        key="rules",
    ),
    Pin("agnieszka.rudnicka", "rules"),
    React("ilze.berzina", "rules", "useful"),
    React("tomasz.wojcik", "rules", "useful"),
    React("reka.kovari", "rules", "agree"),
    Say(
        "Plenary",
        3,
        "09:36",
        "ilze.berzina",
        "My topic: **what makes a department head share bad news early?** I convene it in Amber, round 2.",
    ),
    Say("Plenary", 3, "09:38", "elzbieta.nowicka", "Mine: eight departments, one citizen. Tatra, round 1."),
    Say(
        "Plenary",
        3,
        "09:41",
        "yordanka.stoyanova",
        "Аз предлагам: как хората на гишето участват в промяната. Стая Rhodope, кръг 1. We can also speak English.",
        lang="bg",
    ),
    Say(
        "Plenary",
        3,
        "09:44",
        "girts.kalnins",
        "Remote teams and tired people: Baltic, round 1. Bring your own cases.",
    ),
    Say(
        "Plenary",
        3,
        "10:47",
        "lucia.vargova",
        "Round 1 ends in a few minutes. Please leave three sentences in your room for those who were elsewhere.",
        key="three",
    ),
)

AMBER: tuple[Line, ...] = (
    Say(
        "Amber",
        3,
        "09:52",
        "ilze.berzina",
        "I open this room now, so that you can write before we meet in round 2.\n\n"
        "My case: in our agency every project report was green until the week in which it was red. "
        "Nobody lied. Everybody hoped.",
        key="case",
    ),
    Pin("lucia.vargova", "case"),
    Say(
        "Amber",
        3,
        "10:02",
        "janis.krumins",
        "We moved the risk review to Monday, before anyone has had time to polish it. "
        "The first month was awkward. Now people come with their questions.",
        key="monday",
        root="case",
    ),
    React("ilze.berzina", "monday", "useful"),
    React("elzbieta.nowicka", "monday", "useful"),
    React("dimitar.kolev", "monday", "tell_me_more"),
    Say(
        "Amber",
        3,
        "10:05",
        "dimitar.kolev",
        "@Jānis Krūmiņš who is in that meeting? With us, the more chairs, the greener the report.",
        root="case",
        mentions=("janis.krumins",),
    ),
    Say(
        "Amber",
        3,
        "10:07",
        "janis.krumins",
        "Five people, standing, 20 minutes. And one rule from our director: *the first bad news gets a thank you, "
        "the second one gets help*.",
        root="case",
        key="rule",
    ),
    React("peterne.boros", "rule", "agree"),
    React("ilze.berzina", "rule", "agree"),
    React("malgorzata.zulawska", "rule", "useful"),
    Say(
        "Amber",
        3,
        "10:12",
        "peterne.boros",
        "Nálunk az első kérdés mindig az volt: ki a hibás? Amíg ezt kérdeztük, nem jött rossz hír. "
        "Most azt kérdezzük: mire van szükséged?",
        lang="hu",
        key="hiba",
    ),
    React("reka.kovari", "hiba", "agree"),
    React("gergely.szabo", "hiba", "agree"),
    Say(
        "Amber",
        3,
        "10:14",
        "gergely.szabo",
        "In English: our first question was always “whose fault?”. As long as we asked that, no bad news came. "
        "Now we ask: what do you need?",
        root="hiba",
    ),
    Say(
        "Amber",
        3,
        "10:21",
        "malgorzata.zulawska",
        "A small thing that works: the report has no colours any more. It has one line, "
        "“What worries me most”. Nobody can leave it empty.",
        key="line",
    ),
    React("elzbieta.nowicka", "line", "useful"),
    React("ilze.berzina", "line", "useful"),
    React("zofia.durisova", "line", "tell_me_more"),
    Say(
        "Amber",
        3,
        "10:26",
        "zofia.durisova",
        "I made a picture of where our news stops. The bars are days until a problem reaches the next level.",
        files=("days-until-told.png",),
        key="bars",
    ),
    React("janis.krumins", "bars", "tell_me_more"),
    Say(
        "Amber",
        3,
        "10:31",
        "elzbieta.nowicka",
        "Eleven days between head of unit and head of department? What happens there, @Žofia Ďurišová?",
        root="bars",
        mentions=("zofia.durisova",),
    ),
    Say(
        "Amber",
        3,
        "10:34",
        "zofia.durisova",
        "The monthly meeting. Bad news waits for a date in the calendar.",
        root="bars",
        key="calendar",
    ),
    React("elzbieta.nowicka", "calendar", "agree"),
    React("krzysztof.lecki", "calendar", "agree"),
    Say(
        "Amber",
        3,
        "10:38",
        "pawel.gasior",
        "U nas pomogło to, że dyrektorka sama zaczęła od swojej złej wiadomości. Po niej było już łatwiej.",
        lang="pl",
        key="zla",
    ),
    React("tomasz.wojcik", "zla", "agree"),
    Say(
        "Amber",
        3,
        "10:44",
        "ilze.berzina",
        "Three questions for round 2:\n\n1. Who goes first with bad news?\n2. What happens to them in the next hour?\n"
        "3. Which of our forms make it harder?",
        key="three-questions",
    ),
    Edit(
        "ilze.berzina",
        "three-questions",
        "Three questions for round 2:\n\n1. Who goes first with bad news?\n2. What happens to them in the next hour?\n"
        "3. Which of our own forms and meetings make it harder?",
    ),
    React("janis.krumins", "three-questions", "agree"),
)

TATRA: tuple[Line, ...] = (
    Say(
        "Tatra",
        3,
        "10:16",
        "elzbieta.nowicka",
        "A citizen wrote one letter about a closed road, a school bus and a refund. It went to eight departments. "
        "She got five answers, and none said when the bus comes.",
        key="letter",
    ),
    Say("Tatra", 3, "10:18", "krzysztof.lecki", "Who *owned* the letter?", root="letter"),
    Say(
        "Tatra",
        3,
        "10:19",
        "elzbieta.nowicka",
        "Nobody. The registry system needs one owner, so it chose the first department in the alphabet.",
        root="letter",
        key="alphabet",
    ),
    React("krzysztof.lecki", "alphabet", "tell_me_more"),
    React("marek.simko", "alphabet", "agree"),
    Say(
        "Tatra",
        3,
        "10:24",
        "gergana.zhivkova",
        "We gave every letter to one person at the counter, with her name and telephone in the first reply. "
        "She may ask any department for an answer within three days. Numbers: 38 days before, 9 days now.",
        key="nine",
    ),
    React("elzbieta.nowicka", "nine", "useful"),
    React("ilze.berzina", "nine", "useful"),
    React("tomasz.wojcik", "nine", "useful"),
    Pin("lucia.vargova", "nine"),
    Say(
        "Tatra",
        3,
        "10:29",
        "tomasz.wojcik",
        "A co, jeśli departament nie odpowie w trzy dni?",
        lang="pl",
        root="nine",
    ),
    Say(
        "Tatra",
        3,
        "10:31",
        "gergana.zhivkova",
        "Then the open question stands on the board in the director's corridor. It stood there twice in a year.",
        root="nine",
    ),
    Say("Tatra", 3, "10:37", "marek.simko", "Test test, does this work from my phone?", key="test"),
    Remove("lucia.vargova", "test", "Not about the topic"),
    Say(
        "Tatra",
        3,
        "10:46",
        "elzbieta.nowicka",
        "For those who were elsewhere: one letter, one name. The name may ask everybody. The open questions hang "
        "where the director walks past.",
        key="harvest",
    ),
    React("lucia.vargova", "harvest", "useful"),
)

OTHERS: tuple[Line, ...] = (
    Say(
        "Rhodope",
        3,
        "10:17",
        "yordanka.stoyanova",
        "Първо питайте хората на гишето, после ръководителите. Те знаят къде чакат гражданите.",
        lang="bg",
        key="first",
    ),
    React("tsvetelina.radeva", "first", "agree"),
    React("plamen.shterev", "first", "agree"),
    Say(
        "Rhodope",
        3,
        "10:20",
        "plamen.shterev",
        "При нас всеки петък двама служители от гишето разказват по един случай на директора. Десет минути, без "
        "презентация.",
        lang="bg",
        key="friday",
    ),
    React("yordanka.stoyanova", "friday", "useful"),
    React("dimitar.kolev", "friday", "tell_me_more"),
    Say(
        "Rhodope",
        3,
        "10:27",
        "ilze.berzina",
        "I read along with the help of a translator, I hope this is fine. What changed after the Fridays?",
        root="friday",
    ),
    Say(
        "Rhodope",
        3,
        "10:30",
        "plamen.shterev",
        "Most of all the forms. Two of them are gone, because nobody could say who reads them.",
        root="friday",
    ),
    Say("Rhodope", 3, "10:41", "tsvetelina.radeva", "А кой записва какво е обещал директорът?", lang="bg"),
    Say(
        "Danube",
        3,
        "10:20",
        "reka.kovari",
        "Mindenki bólint az értekezleten, aztán nem történik semmi. Ismerős?",
        lang="hu",
        key="bolint",
    ),
    React("peterne.boros", "bolint", "agree"),
    React("gergely.szabo", "bolint", "agree"),
    Say(
        "Danube",
        3,
        "10:23",
        "gergely.szabo",
        "Nálunk az segített, hogy a végén mindenki egy mondatot ír: mit teszek péntekig.",
        lang="hu",
        root="bolint",
    ),
    Say(
        "Danube",
        3,
        "10:33",
        "zofia.durisova",
        "Ideme na to podobne. One sentence, one date, one name.",
        lang="sk",
    ),
    Say(
        "Baltic",
        3,
        "10:18",
        "girts.kalnins",
        "Case: my best analyst answers mails at 23:40. She says that all is well. Her camera has been off since October.",
    ),
    Say(
        "Baltic",
        3,
        "10:22",
        "liga.skele",
        "Mēs pirmdienās sākam ar jautājumu “cik tev šodien ir spēka, no viens līdz pieci”. Bez komentāriem.",
        lang="lv",
        key="speks",
    ),
    React("girts.kalnins", "speks", "useful"),
    Say(
        "Baltic",
        3,
        "10:25",
        "girts.kalnins",
        "In English: on Mondays everybody says how much strength they have today, one to five, and nobody comments. "
        "I will try it.",
        root="speks",
    ),
    Say(
        "Baltic",
        3,
        "10:36",
        "reka.kovari",
        "We turned the mail server off after 20:00 for a month. Nobody died.",
    ),
    Say(
        "Linden",
        3,
        "10:40",
        "dimitar.kolev",
        "I collect questions for round 3 here. Mine: who has lunch with the new colleague on day one?",
    ),
    Say(
        "Linden",
        3,
        "10:45",
        "lubica.horvathova",
        "Moja otázka: kto novému kolegovi povie to, čo nie je v žiadnej smernici?",
        lang="sk",
    ),
    Say("Lounge", 2, "12:40", "pawel.gasior", "Kawa numer trzy. Ktoś jeszcze?", lang="pl", key="kawa"),
    React("malgorzata.zulawska", "kawa", "agree"),
    Say("Lounge", 2, "12:42", "plamen.shterev", "Sofia has snow. Who wins?"),
    Say("Lounge", 2, "12:43", "liga.skele", "Riga. Minus fourteen. With sun."),
    Say("Lounge", 3, "10:48", "marek.simko", "Quiet here. I take the chair at the window."),
)

LINES: tuple[Line, ...] = PLENARY + AMBER + TATRA + OTHERS
