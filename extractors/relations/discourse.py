"""What a reader holds in mind from sentence to sentence: topic, last names, the event being told."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.entities.registry import Referent
from extractors.entities.values import Value

_FIRMS = frozenset({"Company", "Investor", "Organization"})


def family(referent: Referent) -> str:
    """`firm`, `person` or `thing`: subjects of one family replace each other as topic."""
    if referent.type == "Person":
        return "person"
    return "thing" if referent.type in ("Chip", "Product") else "firm"


@dataclass(slots=True)
class Event:
    """A deal whose parties are named later: who it is about, its round, its figures, how many sentences ago."""

    company: tuple[Referent, ...]
    values: dict[str, Value] = field(default_factory=dict)
    status: str = "completed"
    since: int = 0


@dataclass(frozen=True, slots=True)
class Post:
    """A post somebody was told with: where, as what, whether it is past, and the sentence and place in its line."""

    firm: Referent
    title: str
    former: bool
    sentence: int
    at: int


@dataclass(slots=True)
class Discourse:
    """State within one section.

    `company` is whom 公司 means in an announcement, `posts` who was told with which, `events` those of relations,
    `holdings` whose shares somebody holds, `issuer` the firm whose shares were spoken of last, `parents` whose unit a
    firm is, `introduced` whom the sentence before ends with, `house` is whose report the text is, `titled` the firm it
    is on, `suggests` who advises to look at what is listed.
    """

    company: Referent | None = None
    topic: tuple[Referent, ...] = ()
    subjects: dict[str, tuple[Referent, ...]] = field(default_factory=dict)
    recent: list[Referent] = field(default_factory=list)
    person: Referent | None = None
    thing: Referent | None = None
    events: dict[tuple[str, str], Event] = field(default_factory=dict)
    pair: tuple[Referent, ...] = ()
    since_pair: int = 0
    described: dict[str, Referent] = field(default_factory=dict)
    year: str = ""
    target: Referent | None = None
    owner: tuple[Referent, ...] = ()
    posts: dict[Referent, Post] = field(default_factory=dict)
    plans: dict[str, str] = field(default_factory=dict)
    house: tuple[Referent, ...] = ()
    titled: tuple[Referent, ...] = ()
    suggests: tuple[Referent, ...] = ()
    since_plan: int = 0
    holdings: dict[Referent, Referent] = field(default_factory=dict)
    introduced: tuple[Referent, ...] = ()
    parents: dict[Referent, Referent] = field(default_factory=dict)
    issuer: Referent | None = None
    since_issuer: int = 0

    @property
    def event(self) -> Event | None:
        """The round of financing being told."""
        return self.events.get(("INVESTED_IN", "object"))

    def see(self, referent: Referent) -> None:
        """Note a name in passing."""
        if referent.type in _FIRMS and not referent.is_voice:
            self.recent = [*[r for r in self.recent if r is not referent][-5:], referent]
        elif referent.type == "Person":
            self.person = referent
        elif referent.type in ("Chip", "Product"):
            self.thing = referent

    def note_target(self, taken_over: list[Referent]) -> None:
        """Note the firm that a sentence says is taken over: 标的公司 means it from then on."""
        self.target = taken_over[-1] if taken_over else self.target

    def appoint(self, person: Referent, post: Post) -> None:
        """Note the post a person is told with as the last one spoken of."""
        self.posts.pop(person, None)
        self.posts[person] = post

    def plan(self, relation: str, status: str) -> None:
        """Note that a relation was just told as a plan."""
        self.plans[relation], self.since_plan = status, 0

    def plan_of(self, relation: str, goes_on: bool) -> str:
        """The status a relation was told with as a plan; any plan of the sentence before where one goes on with 并."""
        last = list(self.plans.values())[-1:] if goes_on and self.since_plan <= 1 else []
        return self.plans.get(relation, "") or "".join(last)

    def firm(self) -> tuple[Referent, ...]:
        """Whom a bare 公司 stands for: the announcer, else the firm last talked about."""
        return (self.company,) if self.company else self.subjects.get("firm", ())

    def talk_of(self, subject: tuple[Referent, ...], owner: tuple[Referent, ...] = ()) -> None:
        """Make `subject` what the text talks about; `owner` is the firm it was named as a unit of."""
        self.topic, self.owner = subject, owner
        self.subjects[family(subject[0])] = subject

    def turn_to(self, firm: Referent) -> None:
        """Begin to talk of a firm that stands alone as a title: whatever shares are told of next are its own."""
        self.talk_of((firm,))
        self.holdings, self.issuer, self.since_issuer = {}, firm, 0

    def that(self) -> tuple[Referent, ...]:
        """Whom 该公司 or 这家公司 stands for: the topic, else the last firm named."""
        return self.subjects.get("firm", ())[-1:] or tuple(self.recent[-1:])

    def pass_sentence(self) -> None:
        """Forget what holds for few sentences only: a pair, an issuer for two, a plan for three, an event for four."""
        self.since_pair, self.since_plan = self.since_pair + 1, self.since_plan + 1
        self.since_issuer += 1
        if self.since_issuer > 2:
            self.issuer = None
        if self.since_plan > 3:
            self.plans = {}
        if self.since_pair > 2:
            self.pair = ()
        for event in self.events.values():
            event.since += 1
        self.events = {told: event for told, event in self.events.items() if event.since <= 4}

    def pair_up(self, first: Referent, second: Referent) -> None:
        """Note two firms that a fact or a list puts together: 双方 means them."""
        self.pair, self.since_pair = (first, second), 0
