"""Searching: filters, aliases, fallbacks, order, languages, notices."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brief_tui.corpus.model import Document, Kind
from brief_tui.errors import QueryError
from brief_tui.search import analysis, build
from brief_tui.search.analysis import fold, stemmer, tokens
from brief_tui.search.index import Index, Source
from brief_tui.search.lexicon import WIDEST
from brief_tui.search.query import parse
from brief_tui.search.ranking import Weights

Finding = Callable[..., list[list[str]]]
Making = Callable[..., Document]
Indexing = Callable[..., Index]

ALIASES = {"russia": ("Russian", "Moscow", "Kremlin"), "islamic_republic": ("Iran", "Tehran")}


def keys(index: Index, query: str, **options: Any) -> list[tuple[str, int]]:
    return [hit.key for hit in index.search(query, limit=None, **options).hits]


# Filters


@pytest.fixture
def shelf(make: Making, index_of: Indexing) -> Index:
    return index_of(
        make("# Trust erodes\n\nIran doubts.\n\nRead more: Iran.", doc="001_a.txt", title="One",
             publisher="Al Jazeera", kinds=(Kind.HEADING, Kind.BODY, Kind.BOILERPLATE)),
        make("# In Syria\n\n- Iran acts.\n\n- Moscow waits.", doc="002_b.txt", publisher="Reuters"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("iran", [("001_a.txt", 1), ("002_b.txt", 1)]),
        ("iran doc:001", [("001_a.txt", 1)]),
        ("iran doc:001_a.txt", [("001_a.txt", 1)]),
        ("iran doc:*b", [("002_b.txt", 1)]),
        ("iran -doc:001", [("002_b.txt", 1)]),
        ("iran source:jazeera", [("001_a.txt", 1)]),
        ('iran source:"al jazeera"', [("001_a.txt", 1)]),
        ("iran source:nobody", []),
        ("iran section:syria", [("002_b.txt", 1)]),
        ("section:erode kind:body", [("001_a.txt", 1)]),
        ("section:(trust OR syria) -kind:heading", [("001_a.txt", 1), ("002_b.txt", 1), ("002_b.txt", 2)]),
        ('section:"in syria" moscow', [("002_b.txt", 2)]),
        ("kind:bullet", [("002_b.txt", 1), ("002_b.txt", 2)]),
        ("KIND:bullet", []),
        ("kind:boilerplate", [("001_a.txt", 2)]),
        ("iran kind:boilerplate", [("001_a.txt", 2)]),
        ("iran (kind:boilerplate OR kind:bullet)", [("001_a.txt", 2), ("002_b.txt", 1)]),
        ("theme:trust", [("002_b.txt", 1)]),
        ("theme:tr*", [("002_b.txt", 1)]),
        ("theme:tru", [("002_b.txt", 1)]),
        ("theme:other", []),
        ("tag:my_tag", [("001_a.txt", 1), ("002_b.txt", 2)]),
        ("tag:my", [("001_a.txt", 1), ("002_b.txt", 2)]),
        ("iran -theme:trust", [("001_a.txt", 1)]),
        ('tag:"my tag"', [("001_a.txt", 1), ("002_b.txt", 2)]),
        ("tag:MY*", [("001_a.txt", 1), ("002_b.txt", 2)]),
    ],
)
def test_filters(shelf: Index, query: str, found: Any) -> None:
    sets = {
        ("theme", "trust"): {("002_b.txt", 1), ("gone.txt", 4)},
        ("tag", "My tag"): [("001_a.txt", 1), ("002_b.txt", 2)],
    }
    assert sorted(keys(shelf, query, sets=sets)) == found


def test_all_that_matches_is_counted_whatever_is_shown(shelf: Index) -> None:
    counted = shelf.search("iran OR moscow", limit=1)
    assert (counted.total, counted.counts) == (3, {"001_a.txt": 1, "002_b.txt": 2})
    assert len(counted.hits) == 1
    assert len(counted.keys) == 3


def test_a_word_of_the_heading_alone_is_no_match(shelf: Index) -> None:
    assert keys(shelf, "syria acts") == [("002_b.txt", 1), ("002_b.txt", 0)]  # any of the words
    assert shelf.search("syria acts").notices


# Words


def test_any_of_the_words_when_no_passage_has_all(index_of: Indexing) -> None:
    index = index_of("Iran doubts.\n\nMoscow waits.\n\nNothing here.")
    results = index.search("iran moscow")
    assert {hit.number for hit in results.hits} == {0, 1}
    assert any("some of them" in notice for notice in results.notices)
    assert not results.suggestion
    assert index.search("iram doubt").suggestion == "iran doubt"
    assert index.search('iran "doubts iran"').suggestion == "iran doubts"
    assert {hit.number for hit in index.search("iran moscow -doubts").hits} == {1}
    assert index.search("iran nowhere -doubts").total == 0
    assert index.search('"iran moscow"').total == 0
    assert index.search("iran AND moscow").total == 0
    assert not index.search("iran").notices


def test_aliases_are_used_where_they_are_given(index_of: Indexing, find: Finding) -> None:
    index = index_of(
        "The Kremlin waits.\n\nRussians wait.\n\nTehran acts; the Islamic\nRepublic waits.\n\nNobody waits."
    )
    assert find(index, "russia") == []
    assert find(index, "russia", aliases=ALIASES) == [["Kremlin"], ["Russians"]]
    assert find(index, "moscow waits", aliases=ALIASES) == [["Kremlin", "waits"], ["Russians", "wait"]]
    assert find(index, "=russia", aliases=ALIASES) == []
    assert find(index, "iran", aliases=ALIASES) == [["Tehran", "Islamic\nRepublic"]]
    assert find(index, '"islamic republic"', aliases=ALIASES) == [["Tehran", "Islamic\nRepublic"]]
    assert find(index, "iran NEAR/1 acts", aliases=ALIASES) == [["Tehran", "acts"]]
    assert find(index, "waits -russia -iran", aliases=ALIASES) == [["waits"]]
    (found,) = index.occurrences(parse("russia"), aliases=ALIASES)[("000.txt", 0)]
    assert (found.sentence, len(found.spans)) == (0, 1)


def test_names_of_one_thing_rank_as_one_word(index_of: Indexing) -> None:
    index = index_of("Russia, Russia.\n\nMoscow, Moscow.\n\nKremlin, Kremlin.\n\n" + "Russia came. " * 3)
    results = index.search("russia", aliases=ALIASES)
    scores = {hit.number: round(hit.score, 6) for hit in results.hits}
    assert scores[0] == scores[1] == scores[2]


@pytest.mark.parametrize(
    ("query", "suggested"),
    [
        ("gaurantee", "guarantee"),
        ("=gaurantee", "=guarantee"),
        ('"mutual defnece"', '"mutual defence"'),
        ("moscwo -zebra", "moscow -zebra"),
        ("xqzzy", ""),
        ("zebra*", ""),
        ("moscow-guarantees", "moscow guarantees"),
        ('"guarantee moscow"', "guarantee moscow"),
        ('"mutual garantee" -zebra', "mutual guarantee -zebra"),
        ("=guaranteeing", "guaranteeing"),
        ("mutual NEAR/2 moscow", "mutual moscow"),
        ("moscow AND mutual", ""),
        ("gaurante moscwo", "guarantee moscow"),
    ],
)
def test_did_you_mean(index_of: Indexing, query: str, suggested: str) -> None:
    index = index_of("A guarantee of mutual defence.\n\nMoscow gives a guarantee; guaranteed.")
    results = index.search(query)
    assert results.total == 0
    assert results.suggestion == suggested
    if suggested:
        assert index.search(suggested).total > 0


def test_too_many_words_for_a_wildcard_are_told(index_of: Indexing) -> None:
    index = index_of(" ".join(f"word{n:04}" for n in range(WIDEST + 200)))
    results = index.search("word*")
    assert any(f"more than {WIDEST}" in notice for notice in results.notices)
    assert len(results.hits[0].spans) == WIDEST
    assert not index.search("word00*").notices


def test_of_too_many_words_the_shortest_or_the_nearest_are_searched(
    index_of: Indexing, find: Finding
) -> None:
    long = " ".join(f"aaa{n:04}" for n in range(WIDEST))
    index = index_of(f"{long} zab aab bac")
    short = index.search("*a*")
    assert short.notices == (
        f"*a* stands for more than {WIDEST} words; only the {WIDEST} shortest were searched.",
    )
    assert {"zab", "aab", "bac"} <= set(find(index, "*a*")[0])
    near = " ".join(a + b + "bc" for a in "defghijklmnopqrstuvwxyz" for b in "defghijklmnopqrstuvwxyz")
    index = index_of(f"zz abbc {near}")
    assert index.search("abbc~2").notices == (
        f"abbc~ stands for more than {WIDEST} words; only the {WIDEST} nearest were searched.",
    )
    assert "abbc" in find(index, "abbc~2")[0]


def test_a_single_character_stands_for_all_that_it_begins(index_of: Indexing) -> None:
    text = "".join("的" + chr(0x4E00 + n) for n in range(WIDEST + 50))
    results = index_of(text).search("的")
    assert not results.notices and len(results.hits[0].spans) == WIDEST + 50


def test_a_wrong_query_is_an_error(shelf: Index) -> None:
    with pytest.raises(QueryError):
        shelf.search('"open')


def test_nothing_is_found_by_nothing(shelf: Index) -> None:
    for query in ("", "  ", "—"):
        assert shelf.search(query).total == 0
    assert Index.open(None, []).search("iran").total == 0
    assert Index.open(None, []).search("-iran dep* x~").total == 0


# Order


def test_rare_words_short_passages_and_headings_rank_higher(make: Making, index_of: Indexing) -> None:
    filler = "other words stand here and there "
    index = index_of(
        make(
            f"Iran {filler * 20}.\n\nIran acts.\n\nIran and Iran acts {filler}.\n\n"
            f"# Zebras\n\nIran {filler}.\n\n# Iran\n\nIran {filler}."
        )
    )
    order = [hit.number for hit in index.search("iran", limit=None).hits]
    assert order.index(1) < order.index(0)
    assert order.index(6) < order.index(4)
    assert [hit.number for hit in index.search("iran zebra", limit=1).hits] == [3]


def test_a_title_says_less_of_each_passage_the_more_share_it(make: Making, index_of: Indexing) -> None:
    index = index_of(
        make("Moscow acts.", doc="none.txt"),
        make("Moscow acts.\n\n" + "Nobody waits.\n\n" * 20, doc="many.txt", title="Moscow"),
        make("Moscow acts.", doc="one.txt", title="Moscow"),
    )
    hits = index.search("moscow").hits
    assert [hit.doc for hit in hits] == ["one.txt", "many.txt", "none.txt"]
    assert hits[0].score > hits[1].score > hits[2].score


def test_equal_passages_keep_the_order_of_the_documents(index_of: Indexing) -> None:
    index = index_of("Iran acts.\n\nIran acts.", "Iran acts.", "Iran acts.")
    assert keys(index, "iran") == [("000.txt", 0), ("000.txt", 1), ("001.txt", 0), ("002.txt", 0)]


def test_a_weight_changes_the_order(index_of: Indexing) -> None:
    index = index_of("Moscow waits there.\n\nTehran waits there.")
    assert [k[1] for k in keys(index, "moscow^3 OR tehran")] == [0, 1]
    assert [k[1] for k in keys(index, "moscow OR tehran^3")] == [1, 0]
    assert [k[1] for k in keys(index, "(moscow there) OR (tehran there)^3")] == [1, 0]
    assert [k[1] for k in keys(index, '"moscow waits"^0.1 OR "tehran waits"')] == [1, 0]


def test_parameters_of_the_ranking_can_be_given(index_of: Indexing) -> None:
    index = index_of("Iran, Iran, Iran and many other words besides these.\n\nIran acts.")
    assert [h.number for h in index.search("iran", weights=Weights(k1=2.0, text_b=0.0)).hits] == [0, 1]
    assert [h.number for h in index.search("iran", weights=Weights(k1=0.1, text_b=1.0)).hits] == [1, 0]


# Languages


@pytest.mark.parametrize(
    ("text", "query", "marks"),
    [
        (("fr", "L’accord d’été fut signé par les nations."), "accords", [["accord"]]),
        (("fr", "L’accord d’été fut signé."), "ete", [["été"]]),
        (("de", "Die Verträge der Häuser."), "Haus", [["Häuser"]]),
        (("de", "Die Straße ist lang."), "strasse", [["Straße"]]),
        (("ru", "Российская внешняя политика."), "российской", [["Российская"]]),
        (("ru", "Ещё один договор."), "еще", [["Ещё"]]),
        (("es", "Las negociaciones siguieron."), "negociación", [["negociaciones"]]),
        (("ar", "وقعت إيران الاتفاقية"), "اتفاقية", [["الاتفاقية"]]),
        (("el", "Η συμφωνία υπεγράφη."), "ΣΥΜΦΩΝΙΑ", [["συμφωνία"]]),
        (("zh", "中国和俄罗斯签署了协议。"), "俄罗斯", [["俄罗斯"]]),
        (("zh", "中国和俄罗斯签署了协议。"), "国", [["国"]]),
        (("zh", "中国和俄罗斯。"), "罗", [["罗"]]),
        (("zh", "中国 经济发展。"), '"中国 经济"', [["中国 经济"]]),
        (("ja", "日本とロシアの関係。"), "ロシア", [["ロシア"]]),
        (("ko", "러시아와 이란의 협정"), "러시아", [["러시아"]]),
        (("hi", "ईरान और रूस की संधि"), "संधि", [["संधि"]]),
        (("he", "איראן ורוסיה חתמו"), "חתמו", [["חתמו"]]),
        (("", "Guarantees were given."), "guarantees", [["Guarantees"]]),
        (("", "Guarantees were given."), "guarantee", []),
        (("xx", "Guarantees were given."), "guarantee", []),
    ],
)
def test_each_language_by_its_own_rules(
    index_of: Indexing, find: Finding, text: tuple[str, str], query: str, marks: Any
) -> None:
    assert find(index_of(text[1], language=text[0]), query) == marks


def test_a_stem_holds_in_documents_of_its_language_only(make: Making, index_of: Indexing) -> None:
    index = index_of(
        make("The nations met.", doc="en.txt", language="en"),
        make("Les nations. La nation.", doc="fr.txt", language="fr"),
        make("Nations und Nation.", doc="xx.txt", language=""),
    )
    assert keys(index, "nation") == [("fr.txt", 0), ("en.txt", 0), ("xx.txt", 0)]
    assert keys(index, "doc:xx nations") == [("xx.txt", 0)]
    spans = {hit.doc: len(hit.spans) for hit in index.search("nation").hits}
    assert spans == {"en.txt": 1, "fr.txt": 2, "xx.txt": 1}


def test_an_unknown_language_is_told(make: Making, index_of: Indexing) -> None:
    index = index_of("Guarantees.", language="")
    (told,) = index.search("guarantees").notices
    assert "language" in told and len(told) < 80  # all of it is read in a narrow terminal
    mixed = index_of(make("One.", doc="en.txt"), make("Two.", doc="xx.txt", language=""))
    (told,) = mixed.search("two").notices
    assert " xx:" in told and " en" not in told
    assert not index.search('"guarantees"').notices
    assert not index_of("Guarantees.").search("guarantees").notices


def test_folding() -> None:
    assert fold("Café NAÏVE Łódź Ærø Straße ﬁne ＡＢＣ") == "cafe naive lodz aero strasse fine abc"
    assert fold("“S‑300”\u00a0— Iran’s") == '"s-300" - iran\'s'
    assert fold("co\u00adop\u200b") == "coop"
    assert fold("Российский ещё") == "российский еще"
    assert stemmer("en")("defences") == stemmer("en-GB")("defense")
    assert stemmer("xx")("Defences") == "defences"


def test_tokens_have_the_spans_of_their_characters() -> None:
    text = "The U.S.-led “S‑300” isn't Iran’s café, 中国."
    assert [text[t.start : t.end] for t in tokens(text) if t.step] == [
        "The", "U.S.", "led", "S‑300", "isn't", "Iran", "café", "中国", "国",
    ]  # fmt: skip
    assert [t.surface for t in tokens(text, 8, 20)] == [t.surface for t in tokens(text) if 8 <= t.start < 20]


# Long sentences, and what changed meanwhile


def test_sentences_of_thousands_of_words(index_of: Indexing, find: Finding) -> None:
    words = " ".join(f"w{n}" for n in range(2500))
    index = index_of(f"Short one. Long {words} end. After iran moscow.")
    assert find(index, '"w997 w998"') in ([], [["w997 w998"]])
    assert find(index, "w2499 end") == [["w2499", "end"]]
    (found,) = index.occurrences(parse("iran moscow")).values()
    assert [o.sentence for o in found] == [2]
    (found,) = index.occurrences(parse("w2100 end")).values()
    assert [o.sentence for o in found] == [1]


def test_case_is_not_matched_in_a_document_that_changed(make: Making) -> None:
    old, new = make("The US acts."), make("It was otherwise.")
    source = Source("a.txt", old.digest, "", "en", lambda: old)
    index = Index.open(None, [source])
    assert index.search('"US"').total == 1
    changed = Index(index._built, [Source("a.txt", old.digest, "", "en", lambda: new)])
    assert changed.search('"US"').total == 0


def test_another_whoosh_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    import whoosh

    monkeypatch.undo()
    ours = whoosh.__version__[0] >= 3
    assert (build.which_whoosh() == "") is ours
    monkeypatch.setattr(whoosh, "__version__", (2, 7, 4))
    assert "2.7.4" in build.which_whoosh()
    assert Path(whoosh.__file__).exists()


joints = st.sampled_from([*" .,’‑-–a1éU.中\u0301\u200bß_", "'", "US", "S-300", "don't", "l'eau", "ab"])


@given(st.one_of(st.text(max_size=40), st.lists(joints, max_size=30).map("".join)))
def test_plain_words_are_cut_as_the_full_rules_cut_them(text: str) -> None:
    assert list(analysis.scan(text, 0, len(text))) == list(analysis._scan_run(text, 0, len(text)))
