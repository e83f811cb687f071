"""Read a language's folder into one frozen value, with errors that name file and line.

A table is tab-separated text: one fact a line, a header line that names the columns, `#` for comment lines, empty
lines ignored. `kg/languages/README.md` describes each table for the people who edit it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from kg.errors import DataError
from kg.model import MentionKind

LANGUAGES = Path(__file__).parent

Row = TypeVar("Row")
NO_GROUPS: Mapping[str, tuple[str, ...]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Constraint:
    """One condition on the words around a trigger.

    Attributes:
        role: `prt`, `obj`, `subj`, `comp`, `adj`, `poss`, `refl`, `pass`, `word`, `compound` or a preposition
            (spaces written `_`).
        lemmas: Any of these satisfies it, `*` at either end standing for anything; `@actor` for an actor's
            mention. Empty: the role need only be there.
    """

    role: str
    lemmas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LexicalUnit:
    """A word or idiom that names an action, with where its actors stand.

    Attributes:
        id: Stable and unique within the language; events name it as their rule.
        lemma: Of the head word; `*møde` for a compound with that head.
        pos: `V`, `N` or `A`.
        required: Conditions that must all hold.
        excluded: Conditions of which none may hold.
        source: Slots to look for who acts, tried in order: `subj`, `obj`, `iobj`, `comp`, `poss`, `adj` or a
            preposition.
        target: Slots to look for who is acted on.
        action: Id of a concept of `ontologies/actions.ttl`.
        note: For people.
    """

    id: str
    lemma: str
    pos: str
    required: tuple[Constraint, ...]
    excluded: tuple[Constraint, ...]
    source: tuple[str, ...]
    target: tuple[str, ...]
    action: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class ActorForm:
    """A surface form and the actors that it may name, likeliest first."""

    form: str
    actors: tuple[str, ...]
    kind: MentionKind
    note: str = ""


@dataclass(frozen=True, slots=True)
class Title:
    """A word for an office, organ or group of people of a state or organisation.

    Attributes:
        form: Lemma or form as written, lower case.
        office: Id of the office or organ it names: `foreign-minister`, `government`, `army`, ...
        kind: `person`, `organ` or `people`.
        note: For people.
    """

    form: str
    office: str
    kind: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Reporting:
    """A verb, preposition or noun that attributes words to a speaker.

    Attributes:
        lemma: `sige`, `ifølge`, ...
        pos: `V`, `P` or `N`.
        stance: `neutral`, `claim`, `deny`, `confirm`, `announce`, `fact` (a factive: the speaker is no doubter).
        note: For people.
    """

    lemma: str
    pos: str
    stance: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that decides an event's status.

    Attributes:
        lemma: The word, or several separated by blanks.
        kind: One of `CUE_KINDS`.
        note: For people.
    """

    lemma: str
    kind: str
    note: str = ""


CUE_KINDS = {
    "negation": "an adverb, pronoun or conjunction that negates the clause: ikke, aldrig, hverken",
    "fail": "a governor whose complement did not happen: undlade, afvise at",
    "future": "an auxiliary or adverb of the future: vil, skal, will",
    "possible": "an auxiliary or adverb of possibility or duty: kan, kunne, bør, måske",
    "plan": "a governor whose complement is decided or announced: beslutte, planlægge, agte",
    "threat": "a governor whose complement is threatened: true med",
    "demand": "a governor whose complement is asked for: kræve, opfordre, bede om",
    "wish": "a governor whose complement is hoped, considered, proposed, offered or feared: overveje, håbe, foreslå",
    "refusal": "a governor whose complement is refused: nægte, afslå",
    "condition": "a subjunction of condition: hvis, medmindre",
    "achieve": "a governor whose complement did happen: formå, ende med, begynde, vælge",
    "light": "a light verb that lends its subject to its object noun: foretage, udføre, gennemføre",
}
REPORTING_STANCES = ("neutral", "claim", "deny", "confirm", "announce", "fact")
TITLE_KINDS = ("person", "organ", "people")


@dataclass(frozen=True, slots=True)
class Language:
    """All that a language's folder tells.

    Attributes:
        code: ISO 639-1.
        name: In English.
        model: Folder of the shipped pipeline, or the name of an installed one.
        quotes: Pairs of opening and closing quotation marks.
        labels: The model's dependency labels mapped to Universal Dependencies'.
        settings: The other sections of `language.toml`.
        dates: `dates.toml`, as read.
        units: `actions.tsv`.
        forms: `actors.tsv`.
        titles: `titles.tsv`.
        reporting: `reporting.tsv`.
        cues: `cues.tsv`.
    """

    code: str
    name: str
    model: str
    quotes: tuple[tuple[str, str], ...]
    labels: Mapping[str, str]
    settings: Mapping[str, object] = field(default_factory=dict)
    dates: Mapping[str, object] = field(default_factory=dict)
    units: tuple[LexicalUnit, ...] = ()
    forms: tuple[ActorForm, ...] = ()
    titles: tuple[Title, ...] = ()
    reporting: tuple[Reporting, ...] = ()
    cues: tuple[Cue, ...] = ()


def find_languages() -> tuple[str, ...]:
    """Return the codes of the languages that have a folder, sorted."""
    return tuple(sorted(p.parent.name for p in LANGUAGES.glob("*/language.toml")))


@cache
def load_language(code: str) -> Language:
    """Read the folder of a language.

    Args:
        code: ISO 639-1, "da".

    Returns:
        The language; tables that its folder lacks are empty.

    Raises:
        DataError: There is no such folder, or a file of it is wrong; the message names file and line.
    """
    folder = LANGUAGES / code
    if not code or not (folder / "language.toml").is_file():
        raise DataError(f"no language {code!r}; there are: {', '.join(find_languages())}")
    settings = _read_toml(folder / "language.toml")
    groups = dict(_read_rows(folder / "groups.tsv", _parse_group))
    parse_units = partial(_parse_unit, groups=groups)
    dates = _read_toml(folder / "dates.toml") if (folder / "dates.toml").is_file() else {}
    quotes = settings.pop("quotes", ())
    labels = settings.pop("labels", {})
    return Language(
        code=code,
        name=str(settings.pop("name", code)),
        model=str(settings.pop("model", "model")),
        quotes=tuple((pair[0], pair[1]) for pair in quotes) if isinstance(quotes, list) else (),
        labels=labels if isinstance(labels, dict) else {},
        settings=settings,
        dates=dates,
        units=_unique(folder / "actions.tsv", _read_rows(folder / "actions.tsv", parse_units)),
        forms=_read_rows(folder / "actors.tsv", _parse_form),
        titles=_read_rows(folder / "titles.tsv", _parse_title),
        reporting=_read_rows(folder / "reporting.tsv", _parse_reporting),
        cues=_read_rows(folder / "cues.tsv", _parse_cue),
    )


def read_table(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (line number, row by column name) of a table; missing last cells are empty.

    Raises:
        DataError: A row has more cells than the header names.
    """
    header: list[str] = []
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip() or line.startswith("#"):
                continue
            cells = [cell.strip() for cell in line.rstrip("\n").split("\t")]
            if not header:
                header = cells
            elif len(cells) > len(header):
                raise DataError(f"{path}:{number}: {len(cells)} cells for the columns {', '.join(header)}")
            else:
                yield number, dict(zip(header, cells + [""] * (len(header) - len(cells)), strict=True))


def parse_constraints(text: str, groups: Mapping[str, tuple[str, ...]] = NO_GROUPS) -> tuple[Constraint, ...]:
    """Read `prt=hjem obj=ambassadør|$troops refl` into constraints.

    Args:
        text: Constraints separated by blanks.
        groups: Name of each group of words (`groups.tsv`) -> its lemmas; `$name` stands for them all.

    Raises:
        ValueError: There is no such group.

    Example:
        >>> parse_constraints("obj=aftale|pagt refl")
        (Constraint(role='obj', lemmas=('aftale', 'pagt')), Constraint(role='refl', lemmas=()))
    """
    pairs = (part.partition("=") for part in text.split())
    return tuple(Constraint(role.replace("_", " "), _expand(values, groups)) for role, _, values in pairs)


def _expand(values: str, groups: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    lemmas: list[str] = []
    for value in values.split("|") if values else ():
        if not value.startswith("$"):
            lemmas.append(value.replace("_", " "))
        elif value[1:] in groups:
            lemmas += groups[value[1:]]
        else:
            raise ValueError(f"no group {value!r} in groups.tsv; there are: {', '.join(groups) or 'none'}")
    return tuple(dict.fromkeys(lemmas))


def _read_toml(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"{path}: {error}") from error


def _read_rows(path: Path, parse: Callable[[dict[str, str]], Row]) -> tuple[Row, ...]:
    if not path.is_file():
        return ()
    rows = []
    for number, cells in read_table(path):
        try:
            rows.append(parse(cells))
        except (KeyError, ValueError) as error:
            raise DataError(f"{path}:{number}: {error}") from error
    return tuple(rows)


def _unique(path: Path, units: tuple[LexicalUnit, ...]) -> tuple[LexicalUnit, ...]:
    seen: set[str] = set()
    for unit in units:
        if unit.id in seen:
            raise DataError(f"{path}: second unit with the id {unit.id!r}")
        seen.add(unit.id)
    return units


def _parse_slots(text: str) -> tuple[str, ...]:
    return () if text in ("", "-") else tuple(slot.replace("_", " ") for slot in text.split("|"))


def _parse_group(cells: dict[str, str]) -> tuple[str, tuple[str, ...]]:
    return cells["group"], tuple(cells["lemmas"].split("|"))


def _parse_unit(cells: dict[str, str], groups: Mapping[str, tuple[str, ...]]) -> LexicalUnit:
    if cells["pos"] not in ("V", "N", "A"):
        raise ValueError(f"part of speech {cells['pos']!r} is not V, N or A")
    if not re.fullmatch(r"[\w.*'-]+", cells["id"]):
        raise ValueError(f"id {cells['id']!r} is not made of letters, digits, dots and hyphens")
    if not cells["lemma"] or not cells["action"]:
        raise ValueError("lemma and action must not be empty")
    return LexicalUnit(
        id=cells["id"],
        lemma=cells["lemma"],
        pos=cells["pos"],
        required=parse_constraints(cells["with"], groups),
        excluded=parse_constraints(cells["not"], groups),
        source=_parse_slots(cells["source"]),
        target=_parse_slots(cells["target"]),
        action=cells["action"],
        note=cells.get("note", ""),
    )


def _parse_form(cells: dict[str, str]) -> ActorForm:
    return ActorForm(cells["form"], tuple(cells["actor"].split("|")), MentionKind(cells["kind"]), cells.get("note", ""))


def _parse_title(cells: dict[str, str]) -> Title:
    return Title(cells["form"], cells["office"], _one_of(cells["kind"], TITLE_KINDS), cells.get("note", ""))


def _parse_reporting(cells: dict[str, str]) -> Reporting:
    return Reporting(
        cells["lemma"], _one_of(cells["pos"], "VPN"), _one_of(cells["stance"], REPORTING_STANCES), cells.get("note", "")
    )


def _parse_cue(cells: dict[str, str]) -> Cue:
    return Cue(cells["lemma"], _one_of(cells["kind"], CUE_KINDS), cells.get("note", ""))


def _one_of(value: str, choices: Iterable[str]) -> str:
    names = tuple(choices)
    if value not in names:
        raise ValueError(f"{value!r} is none of {', '.join(names)}")
    return value
