"""Turn dates into literals: as told, by the datatype that their precision asks for, and as first and last day.

A partial date is an `xsd:gYear` or `xsd:gYearMonth`; an interval, for which XML Schema has no type, is an EDTF
string (Library of Congress, ISO 8601-2). Queries compare first and last days only.
"""

from __future__ import annotations

import calendar

import pyoxigraph as ox

XSD = "http://www.w3.org/2001/XMLSchema#"
EDTF = ox.NamedNode("http://id.loc.gov/datatypes/edtf/EDTF")

_TYPES = {4: XSD + "gYear", 7: XSD + "gYearMonth", 10: XSD + "date"}


def date_literal(value: str) -> ox.Literal:
    """Return an ISO 8601 date or interval as a typed literal.

    Example:
        >>> date_literal("2018-03")
        <Literal value=2018-03 datatype=<NamedNode value=http://www.w3.org/2001/XMLSchema#gYearMonth>>
    """
    if "/" in value:
        return ox.Literal(value, datatype=EDTF)
    return ox.Literal(value, datatype=ox.NamedNode(_TYPES[len(value)]))


def told_date(earliest: str, latest: str) -> str:
    """Return the shortest ISO form of an interval of days: a day, a month, a year or `start/end`.

    A function of the two days alone, so that articles that tell the same interval in different words agree.

    Example:
        >>> told_date("2018-03-01", "2018-03-31"), told_date("2018-01-01", "2018-12-31"), told_date("", "")
        ('2018-03', '2018', '')
    """
    if earliest == latest:
        return earliest
    if not earliest or not latest:
        return f"{earliest or '..'}/{latest or '..'}"
    if earliest[:4] == latest[:4] and earliest[4:] == "-01-01" and latest[4:] == "-12-31":
        return earliest[:4]
    if earliest[:7] == latest[:7] and earliest[8:] == "01" and int(latest[8:]) == _last_day(latest):
        return earliest[:7]
    return f"{earliest}/{latest}"


def _last_day(date: str) -> int:
    return calendar.monthrange(int(date[:4]), int(date[5:7]))[1]
