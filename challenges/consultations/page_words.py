"""What the pages say of a consultation: its state, how long it takes, who speaks."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from challenges.consultations.events import ConsultationCard, ProtocolCard
from challenges.consultations.models import Answer, Part, RunState, Speaks
from challenges.words import Badge

_RUNS = {
    RunState.PLANNED: ("clock", ""),
    RunState.RUNNING: ("play", "now"),
    RunState.PAUSED: ("pause", "care"),
    RunState.FINISHED: ("check", "done"),
}
_ANSWERS = {
    Answer.OPEN: ("hourglass", "care"),
    Answer.ACCEPTED: ("check", "done"),
    Answer.ADAPTED: ("pencil", "done"),
    Answer.DECLINED: ("x", ""),
    Answer.WITHDRAWN: ("undo-2", ""),
}


@dataclass(frozen=True)
class Length:
    """How long something takes: one of the two is 0."""

    minutes: int
    days: int

    @property
    def text(self) -> str:
        if self.days:
            return ngettext("%(days)d day", "%(days)d days", self.days) % {"days": self.days}
        return _("%(minutes)d min") % {"minutes": self.minutes}


def length_of(protocol: ProtocolCard) -> Length:
    """All of its phases together."""
    phases = protocol.phases
    return Length(sum(each.minutes for each in phases), sum(each.days for each in phases))


def size_hint(protocol: ProtocolCard, people: int) -> str:
    """What to know when a group is smaller or larger than the protocol is made for; empty when it fits."""
    words = {"fewest": protocol.fewest, "most": protocol.most, "people": people}
    if people < protocol.fewest:
        return (
            _("Made for at least %(fewest)d people; the group has %(people)d. You can still use it.") % words
        )
    if people > protocol.most:
        return (
            _(
                "Made for at most %(most)d people; the group has %(people)d. You can still use it: "
                "steps take longer, or some take the part of observer."
            )
            % words
        )
    return ""


def run_badge(state: str) -> Badge:
    return Badge(RunState(state).label, *_RUNS[RunState(state)])


def answer_badge(state: str) -> Badge:
    return Badge(Answer(state).label, *_ANSWERS[Answer(state)])


def speaks_text(state: ConsultationCard) -> str:
    """Who speaks in the phase that is on, said to everybody."""
    giver = next((each.id for each in state.parts if each.part == Part.CASE_GIVER), None)
    person = state.people.get(str(giver))
    words = {"name": person.name if person else _("The case giver")}
    if state.protocol.is_asynchronous:
        return _in_writing(state, words)
    texts = {
        Speaks.EVERYBODY: _("Everybody may speak."),
        Speaks.CASE_GIVER: _("%(name)s speaks. The others listen.") % words,
        Speaks.PEERS: _("Peers speak one at a time. %(name)s listens and does not answer yet.") % words,
        Speaks.NOBODY: _("Silence. Nobody speaks in this step."),
    }
    return texts[Speaks(state.protocol.phases[state.run.phase].speaks)]


def _in_writing(state: ConsultationCard, words: dict[str, str]) -> str:
    texts = {
        Speaks.EVERYBODY: _("Everybody may write."),
        Speaks.CASE_GIVER: _("%(name)s writes. The others read.") % words,
        Speaks.PEERS: _("Peers write. %(name)s reads and does not answer yet.") % words,
        Speaks.NOBODY: _("Nobody writes in this step."),
    }
    return texts[Speaks(state.protocol.phases[state.run.phase].speaks)]
