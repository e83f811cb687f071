"""Markdown: prose, title and front matter; nothing that is markup."""

from __future__ import annotations

from kg.readers.markdown import parse_markdown


def test_markup_code_and_raw_html_are_left_out() -> None:
    text = (
        "# Nato *svarer*\n\nRusland [udviser](https://a.b) **to**\ndiplomater.\n\n<script>alert(1)</script>\n\n"
        "```\nkode\n```\n\n- Første punkt.\n- Andet punkt.\n\n![billede](x.png)\n"
    )
    draft = parse_markdown(text)
    assert draft.title == "Nato svarer"
    assert draft.text == "Rusland udviser to diplomater.\n\nFørste punkt.\n\nAndet punkt."


def test_front_matter_gives_the_fields_and_its_title_wins() -> None:
    draft = parse_markdown('---\ntitle: "Fra forsiden"\ndate: 2021-10-18\nlang: da\n---\n# Overskrift\n\nTekst her.\n')
    assert (draft.title, draft.date, draft.language, draft.text) == ("Fra forsiden", "2021-10-18", "da", "Tekst her.")


def test_a_second_heading_is_a_paragraph() -> None:
    assert parse_markdown("## Mellemrubrik\n\nTekst.").text == "Mellemrubrik\n\nTekst."
