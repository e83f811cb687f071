"""What stands for an actor named elsewhere: pronouns, nouns, groups, family names and titles that stand alone."""

from collections.abc import Callable

import pytest

from kg.extraction.actors import find_mentions
from kg.extraction.coreference import FIRST_PERSON_NOTE, resolve_coreferences
from kg.extraction.gazetteer import build_gazetteer
from kg.languages.lexicon import load_language
from kg.model import Article, Mention
from kg.ontology.actors import load_actors
from kg.parsing import load_pipeline, parse
from kg.resolution.actors import resolve_mention

Link = Callable[[str], dict[Mention, set[str]]]

DANISH = [
    ("Rusland lukker sit kontor i Bruxelles.", "sit", "RUS"),
    ("Vladimir Putin rejste til Beijing. Han mødte Xi Jinping.", "Han", "RUS"),
    ("Angela Merkel talte med pressen. Hun afviste kravet.", "Hun", "DEU"),
    ("Russerne forlader kontoret. De vender ikke tilbage.", "De", "RUS"),
    ("Iran afviser anklagen. Landet siger nej til inspektører.", "Landet", "IRN"),
    ("Nato fratog otte russere deres akkreditering, og alliancen beklager.", "alliancen", "NATO"),
    ("EU indfører sanktioner. Unionen rammer ti embedsmænd.", "Unionen", "EU"),
    ("Hamas løslod to gidsler. Bevægelsen kræver våbenhvile.", "Bevægelsen", "HAMAS"),
    ("Pakistan udviste ambassadøren. Indien anklager nabolandet for terror.", "nabolandet", "PAK"),
    ("Danmark og Canada deler øen. De to lande skrev under.", "De to lande", "CAN DNK"),
    ("Thailand og Cambodja kæmper. Begge parter kræver en undskyldning.", "Begge parter", "KHM THA"),
    ("Estland, Letland og Litauen er enige. De tre lande kræver tropper.", "De tre lande", "EST LTU LVA"),
    ("Sergej Lavrov talte i Moskva. Lavrov afviste kravet.", "Lavrov", "RUS"),
    ("Japans udsending Aiko Tanaka rejste. Tanaka var vred.", "Tanaka", "JPN"),
    ("Den russiske udenrigsminister er vred. Udenrigsministeren rejste hjem.", "Udenrigsministeren", "RUS"),
    ("Statsministeren rejste til Berlin.", "Statsministeren", "DNK"),
    ("Regeringen har udvist en russisk diplomat.", "Regeringen", "DNK"),
    ("Etiopien truer Eritrea. Regeringen har sendt tropper.", "Regeringen", "ETH"),
    ("Emmanuel Macron og hans regering trækker soldaterne hjem.", "hans", "FRA"),
    ("»Vi beklager angrebet,« siger Jens Stoltenberg.", "Vi", "NATO"),
    ("Frankrig talte med Iran, og sidstnævnte afviste kravet.", "sidstnævnte", "IRN"),
    ("Kyiv bliver bombet. Oprørerne nægter.", "Oprørerne", "OTH"),
    ("Demonstranter brændte flag af foran ambassaden i Teheran.", "Demonstranter", "IRN"),
    ("Thailand, hvis fly har bombet grænsen, benægter det.", "hvis", "THA"),
    ("Saudi-Arabien henrettede en præst. Iran anklagede kongeriget for drab.", "kongeriget", "SAU"),
    ("Egypten brød med Qatar. Bahrain anklagede emiratet for terror.", "emiratet", "QAT"),
    ("Nato mødtes. Rusland truer. Generalsekretæren advarede om krig.", "Generalsekretæren", "NATO"),
]

ENGLISH = [
    ("Russia closed its office in Brussels.", "its", "RUS"),
    ("Vladimir Putin went to Beijing. He met Xi Jinping.", "He", "RUS"),
    ("Angela Merkel spoke to the press. She rejected the demand.", "She", "DEU"),
    ("The Russians are leaving the office. They will not return.", "They", "RUS"),
    ("Iran rejects the charge. The country has refused inspectors.", "country", "IRN"),
    ("NATO expelled eight Russians, and the alliance regrets it.", "alliance", "NATO"),
    ("The EU imposed sanctions. The bloc blacklisted ten officials.", "bloc", "EU"),
    ("Hamas freed two hostages. The movement wants a truce.", "movement", "HAMAS"),
    ("Pakistan expelled an envoy. India accused its neighbour of terror.", "neighbour", "PAK"),
    ("Denmark and Canada share the island. The two countries signed a treaty.", "The two countries", "CAN DNK"),
    ("Thailand and Cambodia are fighting. Both sides want an apology.", "Both sides", "KHM THA"),
    ("Sergei Lavrov spoke in Moscow. Lavrov rejected the demand.", "Lavrov", "RUS"),
    ("Japanese envoy Aiko Tanaka left. Tanaka was angry.", "Tanaka", "JPN"),
    ("The Russian foreign minister is angry. The foreign minister went home.", "The foreign minister", "RUS"),
    ("Emmanuel Macron and his government are withdrawing.", "his", "FRA"),
    ('"We regret the attack," Jens Stoltenberg said.', "We", "NATO"),
    ("Rebels took the town.", "Rebels", "OTH"),
    ("Protesters burned flags outside the embassy in Tehran.", "Protesters", "IRN"),
    ("Iran, whose hackers broke in, denies it.", "whose", "IRN"),
    ("The ICJ ordered Russia to halt its invasion.", "its", "RUS"),
    ("North Korea fired shells and the South returned fire. South Korea mourns.", "North Korea", "PRK"),
    ("Saudi Arabia executed a cleric. Iran accused the kingdom of murder.", "kingdom", "SAU"),
    ("Egypt broke with Qatar. Bahrain accused the gas-rich emirate of terror.", "emirate", "QAT"),
    ("The UN met. Rwanda denied it. The Secretary-General called for calm.", "Secretary-General", "UN"),
]


def make_link(language: str) -> Link:
    actors, tables = load_actors(), load_language(language)
    gazetteer, pipeline = build_gazetteer(tables, actors), load_pipeline(language)

    def run(text: str) -> dict[Mention, set[str]]:
        article = Article("a", text, language, "2021-10-18")
        [(_, doc)] = parse([article], pipeline)
        found = find_mentions(doc, article, tables, gazetteer)
        mentions = resolve_coreferences(doc, article, found, tables, actors)
        return {
            m: {actors.guide_code(r.principal, article.date) for r in resolve_mention(m, article, actors)}
            for m in mentions
        }

    return run


@pytest.fixture(scope="module")
def link_danish() -> Link:
    return make_link("da")


@pytest.fixture(scope="module")
def link_english() -> Link:
    return make_link("en")


def codes_of(linked: dict[Mention, set[str]], text: str, phrase: str) -> str:
    end = text.rindex(phrase) + len(phrase)
    found = [codes for mention, codes in linked.items() if mention.span.start < end <= mention.span.end and codes]
    return " ".join(sorted(found[0])) if found else "-"


@pytest.mark.parametrize(("text", "phrase", "codes"), DANISH, ids=[f"{c[1]} {c[2]}" for c in DANISH])
def test_a_danish_anaphor_stands_for_its_antecedent(link_danish: Link, text: str, phrase: str, codes: str) -> None:
    assert codes_of(link_danish(text), text, phrase) == codes


@pytest.mark.parametrize(("text", "phrase", "codes"), ENGLISH, ids=[f"{c[1]} {c[2]}" for c in ENGLISH])
def test_an_english_anaphor_stands_for_its_antecedent(link_english: Link, text: str, phrase: str, codes: str) -> None:
    assert codes_of(link_english(text), text, phrase) == codes


def test_a_first_person_says_so_in_its_note(link_english: Link) -> None:
    [mention] = [m for m in link_english('"We regret it," Jens Stoltenberg said.') if m.text == "We"]
    assert mention.note == FIRST_PERSON_NOTE
    assert [a.text for a in mention.antecedents] == ["Jens Stoltenberg"]


def test_a_pronoun_with_nobody_before_it_is_no_mention(link_english: Link) -> None:
    assert link_english("It rained, and they went home.") == {}


def test_a_title_that_nobody_is_known_for_is_left_out(link_english: Link) -> None:
    assert link_english("The chairman of the club resigned.") == {}
