from __future__ import annotations

import pytest

from kg.model import Status, Support
from kg.support import derive_support

CASES = {
    "the article itself says so": ([(Status.ACTUAL, [])], Support.STATED),
    "the article itself tells of the plan": ([(Status.PLANNED, [])], Support.STATED),
    "the acting side says so": ([(Status.ACTUAL, ["RUS"])], Support.STATED),
    "the acting side announces it": ([(Status.PLANNED, ["RUS"])], Support.STATED),
    "one of several acting sides says so": ([(Status.ACTUAL, ["BLR"])], Support.STATED),
    "only another says so": ([(Status.ACTUAL, ["NATO"])], Support.CLAIMED),
    "only another tells of the plan": ([(Status.PLANNED, ["NATO"])], Support.CLAIMED),
    "another says so, then the article": ([(Status.ACTUAL, ["NATO"]), (Status.ACTUAL, [])], Support.STATED),
    "it is only possible": ([(Status.HYPOTHETICAL, [])], Support.CLAIMED),
    "the acting side denies all": ([(Status.NEGATED, ["RUS"])], Support.DENIED),
    "the article says that it did not happen": ([(Status.NEGATED, [])], Support.DENIED),
    "possible and denied": ([(Status.HYPOTHETICAL, []), (Status.NEGATED, ["RUS"])], Support.DENIED),
    "one says so, the other denies": ([(Status.ACTUAL, ["NATO"]), (Status.NEGATED, ["RUS"])], Support.DISPUTED),
    "stated, and denied": ([(Status.ACTUAL, []), (Status.NEGATED, ["RUS"])], Support.DISPUTED),
}


@pytest.mark.parametrize(("claims", "support"), CASES.values(), ids=CASES.keys())
def test_support_follows_from_who_claims_what(claims: list[tuple[Status, list[str]]], support: Support) -> None:
    assert derive_support(claims, ["BLR", "RUS"]) is support
    assert derive_support(reversed(claims), ["RUS", "BLR"]) is support
