"""Describe who might fill a predicate's roles, for a model that learns what news leaves unsaid.

The slots of the lexicon find the arguments that the tree shows. Much of what a reader understands is shown otherwise:
the target is the other party of the sentence, or the one that the sentence before was about. So every party near a
predicate is a filler that may be its source or its target, described by features; `kg.extraction.linear` weighs them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.extraction.grammar import clause_head, path_to_root, phrases_with, preposition
from kg.extraction.parties import Parties, Party
from kg.extraction.predicates import Predicate
from kg.extraction.roles import WITHOUT_PLACES, Roles

SENTENCES_BEFORE = 2
FAR = SENTENCES_BEFORE + 1
PROMINENT = 4
UNRANKED = PROMINENT
LONGEST_PATH = 5
BUCKETS = (1, 3, 6, 12)
UNRANKED = 3


Principals = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """How often the slots of the lexicon make a party act, and be acted on, in an article."""

    acting: int = 0
    targeted: int = 0


UNKNOWN = Standing()


@dataclass(frozen=True, slots=True)
class Filler:
    """A party, or a group named as one, near a predicate.

    Attributes:
        principals: Whom it stands for.
        mentions: Where it is named in the predicate's sentence and the two before, the nearest first.
        distance: Sentences between its nearest mention and the predicate.
        head: Index of the token that heads its nearest mention, or the enumeration that this is a member of.
        fellows: The other members of that enumeration.
    """

    principals: tuple[str, ...]
    mentions: tuple[Party, ...]
    distance: int
    head: int
    fellows: frozenset[Principals] = frozenset()


@dataclass(frozen=True, slots=True)
class Scene:
    """What a predicate's fillers are seen against.

    Attributes:
        predicate: The trigger and its unit.
        type: Its event type.
        symmetric: Whether its sides may be exchanged.
        directed: Whether one of them acts all the same: who visits, promises, offers.
        rule: The roles that the lexicon's slots give.
        fillers: All of them, by their nearest mention.
        prominence: Principals -> rank by number of mentions in the article, from 0.
        standings: Principals -> how often the article has them act and be acted on.
        passive: Whether the predicate is a passive.
        speakers: Whose words the passage is, as far as its reporting verbs tell.
        quoted: Whether it stands in a quotation.
    """

    predicate: Predicate
    type: str
    symmetric: bool
    directed: bool
    rule: Roles
    fillers: tuple[Filler, ...]
    prominence: Mapping[Principals, int]
    standings: Mapping[Principals, Standing]
    passive: bool
    speakers: frozenset[str]
    quoted: bool


def find_fillers(predicate: Predicate, parties: Parties, prominence: Mapping[Principals, int]) -> tuple[Filler, ...]:
    """Return the parties named near a predicate, the nearest first, then the article's most prominent ones.

    The nearest mention in the sentence stands for its party; one that stands before the sentence counts only where
    the party is not named in it.
    """
    token = predicate.token
    found: dict[Principals, list[tuple[int, int, Party]]] = {}
    starts, end = _sentence_starts(token), token.sent.end
    for party in (*parties.everyone, *_places_in_slots(predicate, parties)):
        near = starts[-1] <= party.head < end
        if not near and prominence.get(party.principals, UNRANKED) >= PROMINENT:
            continue
        distance = next(n for n, start in enumerate(starts) if party.head >= start) if near else FAR
        found.setdefault(party.principals, []).append((distance, abs(party.head - token.i), party))
    fillers = []
    for principals, rows in found.items():
        rows.sort(key=lambda r: r[:2])
        fillers.append((rows[0][:2], _filler(principals, tuple(r[2] for r in rows), rows[0][0], parties, token.doc)))
    return tuple(filler for _, filler in sorted(fillers, key=lambda e: e[0]))


def _filler(principals: Principals, mentions: tuple[Party, ...], distance: int, parties: Parties, doc: Doc) -> Filler:
    members = parties.enumeration(mentions[0])
    heads = [p.head for p in members]
    top = next((h for h in heads if all(h == o or doc[h].is_ancestor(doc[o]) for o in heads)), heads[0])
    fellows = frozenset(p.principals for p in members) - {principals}
    return Filler(principals, mentions, distance, top, fellows)


def _places_in_slots(predicate: Predicate, parties: Parties) -> Iterator[Party]:
    """Yield the capitals that stand as mere places where the lexicon expects a side: "flew to Beijing"."""
    unit = predicate.unit
    for slot in dict.fromkeys((*unit.source, *unit.target)):
        if slot not in WITHOUT_PLACES:
            for argument in phrases_with(predicate.token, slot):
                yield from parties.place_at(argument)


def count_standings(roles: Iterable[Roles]) -> dict[Principals, Standing]:
    """Return how often the slots of an article make each party act and be acted on."""
    acting: Counter[Principals] = Counter()
    targeted: Counter[Principals] = Counter()
    for found in roles:
        acting.update(p.principals for p in found.source.parties)
        targeted.update(p.principals for p in found.target.parties)
    return {p: Standing(acting[p], targeted[p]) for p in (*acting, *targeted)}


def rank_parties(parties: Parties) -> dict[Principals, int]:
    """Return the rank of each party of an article by the number of its mentions, the first named first of equals."""
    counts = Counter(p.principals for p in parties.everyone)
    return {principals: rank for rank, (principals, _) in enumerate(counts.most_common())}


def describe_filler(scene: Scene, filler: Filler, role: str, language: str) -> tuple[str, ...]:
    """Return the features of a filler in a role.

    Args:
        scene: The predicate and all its fillers.
        filler: One of them.
        role: `source` or `target`.
        language: ISO 639-1; part of the features that name words.
    """
    return describe_roles(scene, filler, (role,), language)[0]


def describe_roles(scene: Scene, filler: Filler, roles: Sequence[str], language: str) -> list[tuple[str, ...]]:
    """Return the features of a filler in each of some roles; what holds in all of them is found once."""
    plain, words = tuple(_position(scene, filler)), tuple(_words(scene, filler))
    return [_in_role(scene, role, language, plain, words) for role in roles]


def _in_role(scene: Scene, role: str, language: str, plain: tuple[str, ...], words: tuple[str, ...]) -> tuple[str, ...]:
    unit, kind = scene.predicate.unit, scene.type
    expected = (unit.source if role == "source" else unit.target)[:1] or ("-",)
    features = [f"{role}|{f}" for f in plain]
    features += [f"{role}|{unit.pos}|{f}" for f in plain]
    features += [f"{role}|{kind}|{f}" for f in plain]
    features += [f"{role}|{expected[0]}|{f}" for f in plain[:4]]
    features += [f"{role}|{language}:{unit.id}|{f}" for f in plain[:3]]
    features += [f"{role}|{language}:{f}" for f in words]
    features += [f"{role}|{language}:{kind}|{f}" for f in words]
    features += [f"{role}|{language}:{unit.id}", f"{role}|{kind}", f"{role}|bias"]
    return tuple(dict.fromkeys(features))


def _position(scene: Scene, filler: Filler) -> Iterator[str]:
    token, party = scene.predicate.token, filler.mentions[0]
    head = token.doc[filler.head]
    yield f"rule={_slot(filler, scene, 'source')}+{_slot(filler, scene, 'target')}"
    yield f"where={_where(token, head, filler)}"
    yield f"path={_path(token, head) if filler.distance == 0 else filler.distance}"
    yield f"label={head.dep_}+{_side(token, head)}+{filler.distance}"
    yield f"sides={_sides_taken(scene)}+{_slot(filler, scene, 'source') != '-'}+{_slot(filler, scene, 'target') != '-'}"
    yield f"kind={party.mention.kind.value}"
    yield f"group={len(filler.principals) > 1}"
    yield f"rank={min(scene.prominence.get(filler.principals, UNRANKED), 3)}"
    yield f"fillers={min(len(scene.fillers), 5)}"
    yield f"order={min(scene.fillers.index(filler), 4)}+{filler.distance}"
    yield f"clause={filler.distance == 0 and clause_head(head) == clause_head(token)}"
    yield f"mentions={min(len(filler.mentions), 3)}"
    yield f"first={_is_first(scene, filler)}+{filler.distance}"
    standing = scene.standings.get(filler.principals, UNKNOWN)
    yield f"standing={min(standing.acting, 3)}+{min(standing.targeted, 3)}+{min(filler.distance, 1)}"
    yield f"most={_most(scene, filler)}+{min(filler.distance, 1)}+{_sides_taken(scene)}"
    speaks = not scene.speakers.isdisjoint(filler.principals)
    yield f"speaks={speaks}+{bool(scene.speakers)}+{scene.quoted}+{min(filler.distance, 1)}"
    yield f"speaks+taken={speaks}+{_sides_taken(scene)}+{_slot(filler, scene, 'source') != '-'}"
    yield f"alone={_alone(scene, filler)}"
    yield f"passive={scene.passive}+{_side(token, head)}"


def _words(scene: Scene, filler: Filler) -> Iterator[str]:
    token, head = scene.predicate.token, scene.predicate.token.doc[filler.head]
    if filler.distance:
        return
    yield f"preposition={preposition(head)}+{_side(token, head)}"
    yield f"head={head.dep_}+{head.head.lemma_.lower() if head.head.pos_ in ('VERB', 'NOUN') else head.head.pos_}"
    between = token.doc[min(token.i, head.i) + 1 : max(token.i, head.i)]
    if len(between) <= 4:
        yield f"between={_side(token, head)}+" + " ".join(t.lower_ if t.pos_ in CLOSED else t.pos_ for t in between)


CLOSED = frozenset({"ADP", "AUX", "DET", "CCONJ", "SCONJ", "PART", "PUNCT", "ADV"})


def _slot(filler: Filler, scene: Scene, role: str) -> str:
    filled = scene.rule.source if role == "source" else scene.rule.target
    if any(set(p.principals) & set(filler.principals) for p in filled.parties):
        known = ("subj", "obj", "iobj", "comp", "poss", "adj", "compound")
        return filled.slot if filled.slot in known else "phrase"
    return "-"


def _sides_taken(scene: Scene) -> str:
    return f"{bool(scene.rule.source.parties)}+{bool(scene.rule.target.parties)}"


def _where(token: Token, head: Token, filler: Filler) -> str:
    if filler.distance:
        return f"before{filler.distance}"
    apart = abs(head.i - token.i)
    bucket = next((n for n, limit in enumerate(BUCKETS) if apart <= limit), len(BUCKETS))
    return f"{_side(token, head)}{bucket}"


def _side(token: Token, head: Token) -> str:
    return "same" if head == token else "left" if head.i < token.i else "right"


def _path(token: Token, head: Token) -> str:
    """Return the labels on the way from a predicate to a mention: up with `^`, down with `_`."""
    up = {t.i: n for n, t in enumerate(path_to_root(token))}
    down = []
    node = head
    while node.i not in up and node.head != node:
        down.append(f"_{node.dep_}")
        node = node.head
    above = [f"^{t.dep_}" for t, _ in zip(path_to_root(token), range(up.get(node.i, 0)), strict=False)]
    steps = above + down[::-1]
    return "".join(steps) if len(steps) <= LONGEST_PATH else f"{steps[0]}..{steps[-1]}"


def _most(scene: Scene, filler: Filler) -> str:
    """Say whether a party is the one most often acted on, and acting, of those that no slot takes here."""
    free = [f for f in scene.fillers if _slot(f, scene, "source") == _slot(f, scene, "target") == "-"]
    if filler not in free:
        return "taken"
    standings = {f.principals: scene.standings.get(f.principals, UNKNOWN) for f in free}
    own = standings[filler.principals]
    targeted = own.targeted > 0 and own.targeted == max(s.targeted for s in standings.values())
    acting = own.acting > 0 and own.acting == max(s.acting for s in standings.values())
    return f"{targeted}+{acting}"


def _is_first(scene: Scene, filler: Filler) -> bool:
    heads = [f.mentions[-1].head for f in scene.fillers if f.distance == filler.distance]
    return filler.mentions[-1].head == min(heads)


def _alone(scene: Scene, filler: Filler) -> str:
    """Say whether the rule's one known side leaves this party as the only other one near."""
    others = [f for f in scene.fillers if _slot(f, scene, "source") == _slot(f, scene, "target") == "-"]
    near = [f for f in others if f.distance == 0]
    return f"{filler in others}+{min(len(near), 3)}+{min(len(others), 3)}+{filler.distance}"


def _sentence_starts(token: Token) -> list[int]:
    starts = [token.sent.start]
    while len(starts) <= SENTENCES_BEFORE and starts[-1] > 0:
        before = token.doc[starts[-1] - 1].sent
        if before.text.strip():
            starts.append(before.start)
        elif before.start == 0:
            break
        else:
            starts[-1] = before.start
    return starts
