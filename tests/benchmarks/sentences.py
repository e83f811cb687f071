"""Say which of the coded sentences come out right, and move each to the table where it belongs.

    python -m tests.benchmarks.sentences [--list]

Reads and writes `tests/extraction/coded.*.tsv` (right) and `open.*.tsv` (wrong; `tests.extraction.coded` describes
them), and prints what moved and why, and how many are right of each construction. With `--list` also what is wrong
with each of the open ones.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from kg.languages.lexicon import find_languages
from tests.extraction.coded import Row, extract_rows, find_faults, read_rows, table_of

HEADER = "construction\tdate\ttext\tclaims"

Faults = Mapping[Row, Sequence[str]]


def sort_tables(code: str) -> Faults:
    """Move the rows of a language's two tables, and return what is wrong with each."""
    right, wrong = table_of(code), table_of(code, kind="open")
    faults = {row: find_faults(row, claims) for row, claims in extract_rows(code).items()}
    for row in read_rows(right):
        if faults[row]:
            print(f"{code}: no longer right: {row.text}: {'; '.join(faults[row])}")
    for row in read_rows(wrong):
        if not faults[row]:
            print(f"{code}: now right: {row.text}")
    _write(right, [row for row in faults if not faults[row]])
    _write(wrong, [row for row in faults if faults[row]])
    return faults


def _write(path: Path, rows: Iterable[Row]) -> None:
    """Write a table, its rows sorted by construction and in their old order within one."""
    lines = [row.line for row in sorted(rows, key=lambda row: row.construction)]
    path.write_text("\n".join((HEADER, *lines)) + "\n", encoding="utf-8")


def print_counts(code: str, faults: Faults) -> None:
    """Print how many rows are right, in all and of each construction."""
    whole = Counter(row.construction for row in faults)
    right = Counter(row.construction for row, found in faults.items() if not found)
    print(f"{code}: {right.total()} of {whole.total()} right")
    for name in sorted(whole):
        print(f"  {name}: {right[name]} of {whole[name]}")


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--list", action="store_true")
    arguments = parser.parse_args()
    for code in find_languages():
        faults = sort_tables(code)
        for row, found in faults.items() if arguments.list else ():
            if found:
                print(f"{code}: {row.construction}: {row.text}: {'; '.join(found)}")
        print_counts(code, faults)


if __name__ == "__main__":
    main()
