"""Words that turn up in nearly every conversation, by language. For `rooms.language`."""

from __future__ import annotations

from collections.abc import Mapping

COMMON_WORDS: Mapping[str, str] = {
    "en": """
        the a an and or but if of to in on at by for from with about as is are was were be been am
        do does did don't have has had can could will would should may might must not no yes i you
        he she it we they me us them him my your our their his her its this that these those there
        here what who when where which why how all any some each more most other one two first new
        good great well very so just only also too then than now today tomorrow thanks thank please
        hello hi hey ok okay sorry agree agreed let's let i'm it's we're you're can't won't morning
        everyone question meeting need want think know see make get go come share send people team
        office
    """,
    "pl": """
        i w z na do nie się że to jest są był była było były o od po za przez przed przy dla ale czy
        jak co kto kiedy gdzie dlaczego który która które których tego tej tym ten ta te ja ty on
        ona my wy oni mnie mi cię ci nas nam was wam ich im mój moja moje nasz nasza nasze a albo
        lub więc oraz też także już jeszcze tylko bardzo dobrze tak można może mogę możemy trzeba
        mam mamy masz będzie będą być jako bo żeby by u nad pod bez jeśli gdy teraz dziś jutro
        dziękuję dzięki proszę dzień dobry cześć witam pozdrawiam zgadzam pytanie pytań wszystko
        wszyscy świetnie super również tutaj tam ze we przepraszam spotkanie urząd miłego wieczór brawo
    """,
    "lv": """
        un ir nav par no ar uz pie pēc pirms pa kā kas ko kur kad kāpēc ka bet vai arī tas tā tie
        tās šis šī to tam es tu viņš viņa mēs jūs viņi mums jums man tev mani jūsu mūsu mana savu
        sava lai jau vēl tikai ļoti labi jā nē lūdzu paldies sveiki labdien labrīt labvakar šodien
        rīt tagad būs bija būt var varam varu vajag esmu esam esat ja tad jo nu gan bez līdz starp
        vairāk viss visi visiem visu katrs cits kurš kura kuri piekrītu jautājums sanāksme iestāde
        tiek dara darīt domāju zinu ļaut iepriekš
    """,
    "hu": """
        a az és is nem hogy ez ezt azt egy van vannak volt voltak lesz lesznek meg de ha vagy mint
        csak már még nagyon jó jól igen én te ő mi ti ők nekem neked neki nekünk nektek nekik engem
        minket ki mit mikor hol miért melyik hogyan ezért mert akkor most ma holnap itt ott minden
        mindenki köszönöm köszönjük kérem kérjük szia sziasztok üdvözlök napot reggelt estét kívánok
        egyetértek lehet kell kellene tud tudom tudja tudjuk szerintem után előtt alatt között
        nélkül által sem se ne vagyok vagyunk ami aki amely amit több első új nálunk számára szóló
        kérdés értekezlet hivatal senki azonban illetve pedig fel le el be össze rendben értem
        sajnos esetleg
    """,
    "sk": """
        a v na s so do z zo nie sa že to je sú bol bola bolo boli o od po za pred pri pre ale či ako
        čo kto kedy kde prečo ktorý ktorá ktoré ktorí toho tej tým ten tá tie ja ty on ona my vy oni
        mne mi ťa ti nás nám vás vám ich im môj moja moje náš naša naše alebo teda tiež už ešte len
        iba veľmi dobre áno môže môžem môžeme treba mám máme máš bude budú byť lebo aby by u nad pod
        bez ak keď teraz dnes zajtra ďakujem ďakujeme vďaka prosím dobrý deň ahoj zdravím súhlasím
        otázka všetko všetci skvelé aj tu tam som si sme ste ho jej iné vo ku nech stretnutie úrad
        prepáčte myslím viem ráno večer pekný prajem
    """,
}
