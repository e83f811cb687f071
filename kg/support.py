"""Derive how an event is backed from who claims what.

| support | holds where |
| --- | --- |
| Stated | it happened or is planned in the words of an article itself or of the acting side, and nobody denies it |
| Claimed | nobody denies it, but only others than the acting side say so, or it is merely possible |
| Disputed | some say that it happened or will, others that it did not |
| Denied | all that is said is that it did not happen |

An event that is only demanded, threatened or imagined counts as possible: Claimed at most.

The rule looks at all claims of an event at once and at nothing else, so that it gives the same answer whatever the
order in which articles arrive.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from kg.model import Status, Support

AFFIRMING = frozenset({Status.ACTUAL, Status.PLANNED})


def derive_support(claims: Iterable[tuple[Status, Collection[str]]], sources: Collection[str]) -> Support:
    """Return the support that an event's claims give it.

    Args:
        claims: Of each claim its status and the principals of its speakers; no speaker is the article itself.
        sources: The event's own sources, the acting side.

    Example:
        >>> derive_support([(Status.ACTUAL, ["NATO"])], ["RUS"])
        <Support.CLAIMED: 'Claimed'>
        >>> derive_support([(Status.ACTUAL, ["NATO"]), (Status.PLANNED, [])], ["RUS"])
        <Support.STATED: 'Stated'>
    """
    views = list(claims)
    denied = any(status is Status.NEGATED for status, _ in views)
    affirmed = any(status in AFFIRMING for status, _ in views)
    if denied:
        return Support.DISPUTED if affirmed else Support.DENIED
    if any(status in AFFIRMING and _is_own_word(speakers, sources) for status, speakers in views):
        return Support.STATED
    return Support.CLAIMED


def _is_own_word(speakers: Collection[str], sources: Collection[str]) -> bool:
    return not speakers or not set(speakers).isdisjoint(sources)
