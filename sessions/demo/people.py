"""Who is in the demonstration. Every name, body and address is invented."""

from __future__ import annotations

from dataclasses import dataclass

from synergy.cohorts.models import Role
from synergy.people.models import Country, Tier


@dataclass(frozen=True)
class Body:
    name: str
    country: str
    tier: str


@dataclass(frozen=True)
class Guest:
    key: str
    """Before the `@` of the address; the conversations use it, too."""
    name: str
    body: str
    role: str = Role.PARTICIPANT
    is_coordinator: bool = False
    language: str = "en"


BODIES = {
    "citizen": Body("Office for Citizen Services, Warsaw", Country.POLAND, Tier.CENTRAL),
    "zielin": Body("Province Office in Zielin", Country.POLAND, Tier.FIELD),
    "permit": Body("State Permit Agency, Riga", Country.LATVIA, Tier.SUBORDINATE),
    "krast": Body("Krastkalne Region Administration", Country.LATVIA, Tier.FIELD),
    "service": Body("Agency for Administrative Services, Sofia", Country.BULGARIA, Tier.CENTRAL),
    "bela": Body("Regional Administration of Bela Gora", Country.BULGARIA, Tier.FIELD),
    "rural": Body("Ministry of Local Services, Budapest", Country.HUNGARY, Tier.CENTRAL),
    "kertes": Body("Kertes District Office", Country.HUNGARY, Tier.FIELD),
    "learn": Body("Institute for Public Learning, Bratislava", Country.SLOVAKIA, Tier.SUPERVISED),
}

GUESTS = (
    Guest("elzbieta.nowicka", "Elżbieta Nowicka", "citizen"),
    Guest("janis.krumins", "Jānis Krūmiņš", "permit", is_coordinator=True),
    Guest("agnieszka.rudnicka", "Agnieszka Rudnicka", "citizen", Role.FACILITATOR),
    Guest("lucia.vargova", "Lucia Vargová", "learn", Role.FACILITATOR, language="sk"),
    Guest("rumyana.ilieva", "Румяна Илиева", "service", Role.ORGANISER),
    Guest("agota.karpati", "Kárpáti Ágota", "rural", Role.OBSERVER),
    Guest("ilze.berzina", "Ilze Bērziņa", "permit"),
    Guest("girts.kalnins", "Ģirts Kalniņš", "krast", is_coordinator=True),
    Guest("liga.skele", "Līga Šķēle", "krast", language="lv"),
    Guest("yordanka.stoyanova", "Йорданка Стоянова", "bela", is_coordinator=True, language="bg"),
    Guest("dimitar.kolev", "Димитър Колев", "service"),
    Guest("tsvetelina.radeva", "Цветелина Радева", "service", language="bg"),
    Guest("plamen.shterev", "Пламен Щерев", "bela"),
    Guest("gergana.zhivkova", "Гергана Живкова", "service", is_coordinator=True),
    Guest("peterne.boros", "Boros Péterné", "kertes", is_coordinator=True, language="hu"),
    Guest("gergely.szabo", "Szabó Gergely", "rural"),
    Guest("reka.kovari", "Kővári Réka", "kertes", language="hu"),
    Guest("lubica.horvathova", "Ľubica Horváthová", "learn", is_coordinator=True, language="sk"),
    Guest("marek.simko", "Marek Šimko", "learn"),
    Guest("zofia.durisova", "Žofia Ďurišová", "learn"),
    Guest("tomasz.wojcik", "Tomasz Wójcik", "zielin", is_coordinator=True, language="pl"),
    Guest("malgorzata.zulawska", "Małgorzata Żuławska", "zielin"),
    Guest("krzysztof.lecki", "Krzysztof Łęcki", "citizen", is_coordinator=True),
    Guest("pawel.gasior", "Paweł Gąsior", "zielin", language="pl"),
)
