"""Codes of countries: alpha-3 to the flag's letters and to the number that the map uses."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from kg.views.assets import VENDOR

REGIONAL_INDICATOR_A = 0x1F1E6


@cache
def load_codes() -> Mapping[str, tuple[str, str]]:
    """Return alpha-3 -> (alpha-2, numeric), the number "" where ISO 3166-1 has none."""
    lines = (VENDOR / "countries.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {alpha3: (alpha2, number) for alpha3, alpha2, number in rows}


def to_flag(alpha3: str) -> str:
    """Return a state's flag as two regional indicators, "" for what is no state of today.

    Example:
        >>> to_flag("DNK")
        '🇩🇰'
    """
    alpha2, _ = load_codes().get(alpha3, ("", ""))
    return "".join(chr(REGIONAL_INDICATOR_A + ord(letter) - ord("A")) for letter in alpha2)
