"""What a reader without mouse, without sharp eyes or with a screen reader needs."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from kg.views.assets import PAGE, SCRIPTS, load_texts

OpenPage = Callable[..., Page]
AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")


@pytest.mark.browser
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    ("fragment", "width"),
    [
        pytest.param("", 1440, id="overview"),
        pytest.param("link=USA>RUS&pane=table&from=2016-01-01", 1440, id="link and table"),
        pytest.param("node=RUS&focus=RUS&pane=map", 1440, id="actor and map"),
        pytest.param("node=SWE&path=SWE>RUS", 390, id="phone"),
    ],
)
def test_axe_finds_nothing(open_page: OpenPage, page_file: Path, fragment: str, width: int, theme: str) -> None:
    page = open_page(page_file, f"#theme={theme}&{fragment}", width=width)
    page.evaluate(AXE)
    found = page.evaluate("axe.run().then(({ violations }) => violations)")
    assert [(rule["id"], [node["html"][:120] for node in rule["nodes"]]) for rule in found] == []


@pytest.mark.browser
def test_the_drawing_moves_by_keyboard(open_page: OpenPage, page_file: Path) -> None:
    page = open_page(page_file)
    page.locator("#graph").focus()
    picture = "document.querySelector('#graph canvas').toDataURL()"
    before = page.evaluate(picture)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("+")
    page.wait_for_timeout(200)
    assert page.evaluate(picture) != before
    assert page.locator("#graph").get_attribute("aria-label") == "Network of 8 actors and 12 links"


def test_both_languages_have_the_same_texts() -> None:
    texts = load_texts()
    assert texts["en"].keys() == texts["da"].keys()
    assert all(texts[language][key] for language in texts for key in texts[language])


def test_every_text_that_the_page_asks_for_exists() -> None:
    known = load_texts()["en"].keys()
    source = "".join((PAGE / name).read_text(encoding="utf-8") for name in (*SCRIPTS, "template.html"))
    asked = set(re.findall(r'\bsay\("([a-z-]+)"[,)]', source)) | set(re.findall(r'data-t(?:-\w+)?="([a-z-]+)"', source))
    assert len(asked) > 60
    assert asked <= known
