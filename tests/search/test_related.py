"""Related passages: which are offered, in which order, and what they say of themselves."""

from __future__ import annotations

import socket
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brief_tui.corpus.loader import load
from brief_tui.corpus.manifest import read_brief
from brief_tui.corpus.model import Document, Passage
from brief_tui.search import embedding, vectors
from brief_tui.search.basis import Basis
from brief_tui.search.related import Related, RelatedHit

Texts = Mapping[str, str]
Read = Callable[[Texts], list[Document]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Documents of some texts."""

    def documents(texts: Texts) -> list[Document]:
        folder = tmp_path / "brief"
        folder.mkdir(exist_ok=True)
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8")
        brief, _ = read_brief([folder])
        return [load(entry, default_language="en") for entry in brief.entries]

    return documents


def passage(documents: list[Document], doc: str, words: str) -> Passage:
    return next(p for d in documents if d.name == doc for p in d.passages if words in p.text)


def texts_of(documents: list[Document], hits: tuple[RelatedHit, ...]) -> list[str]:
    found = {p.key: p.text for d in documents for p in d.passages}
    return [found[hit.key] for hit in hits]


A = """The summit

Drones from the factory at Alabuga reach the front every week.

Ministers spoke of fishing quotas in the northern sea.
"""
B = """Another view

The factory builds drones for the front under licence.

Fishing fleets wait in the harbour.

Nothing here concerns anyone.
"""


def test_only_other_documents_best_first(read: Read) -> None:
    documents = read({"a.txt": A, "b.txt": B})
    related = Related(Basis(documents, semantic=False))
    hits = related.related(*passage(documents, "a", "Drones").key)
    assert {hit.doc for hit in hits} == {"b.txt"}
    assert texts_of(documents, hits)[0].startswith("The factory builds drones")
    assert all(0 < hit.score <= 1 for hit in hits)


def test_it_says_which_words_are_shared_and_which_sentence_is_best(read: Read) -> None:
    long = "It was a cold day. The factory builds drones for the front under licence. Nobody smiled.\n"
    documents = read({"a.txt": A, "b.txt": long})
    (hit,) = Related(Basis(documents, semantic=False)).related(*passage(documents, "a", "Drones").key)
    assert set(hit.why.words) == {"drones", "factory", "front"}
    assert documents[1].text[slice(*hit.sentence)] == "The factory builds drones for the front under licence."


def test_shared_topics_relate_what_shares_no_word(read: Read) -> None:
    documents = read(
        {"a.txt": "Unmanned aircraft crossed.\n", "b.txt": "Rain fell.\n\nShaheds buzzed overhead.\n"}
    )
    one, other = passage(documents, "a", "Unmanned"), passage(documents, "b", "Shaheds")
    assert Related(Basis(documents, semantic=False)).related(*one.key) == ()
    related = Related(
        Basis(documents, topics={one.key: {"drones": 1}, other.key: {"drones": 1}}, semantic=False)
    )
    (hit,) = related.related(*one.key)
    assert hit.key == other.key
    assert hit.why.topics == ("drones",)


def test_names_of_one_thing_are_one_word_that_counts_for_little(read: Read) -> None:
    texts = {
        "a.txt": "Moscow kept its bases.\n\nIt is for Moscow.\n",
        "b.txt": "The Kremlin slept.\n\nOthers lost all bases.\n\nThis is the Kremlin.\n",
    }
    documents = read(texts)
    key = passage(documents, "a", "Moscow kept").key
    alone = passage(documents, "a", "It is for").key
    aliases = {"russia": ("Moscow", "Kremlin", "Russian Federation")}
    related = Related(Basis(documents, aliases=aliases, semantic=False))
    hits = related.related(*alone)
    assert texts_of(documents, hits)[0] == "This is the Kremlin."
    assert "Kremlin" not in {word for hit in hits for word in hit.why.words}
    assert texts_of(documents, related.related(*key))[0] == "Others lost all bases."
    assert "The Kremlin slept." not in texts_of(documents, related.related(*key))
    assert not Related(Basis(documents, semantic=False)).related(*alone)


def test_a_bullet_is_understood_with_its_heading_and_lead_in(read: Read) -> None:
    markdown = "# Report\n\n## Harbour fees\n\nThe port may charge for:\n\n- pilots,\n- tugs.\n"
    documents = read({"a.md": markdown, "b.txt": "Harbour fees at the port doubled.\n\nWheat is cheap.\n"})
    (hit,) = Related(Basis(documents, semantic=False)).related(*passage(documents, "a", "tugs").key)
    assert "Harbour fees" in texts_of(documents, (hit,))[0]


def test_a_heading_on_the_same_idea_is_named(read: Read) -> None:
    documents = read({
        "a.md": "# One\n\n## Loss of trust\n\nAllies left the room early.\n",
        "b.md": "# Two\n\n## Trust is lost\n\nPartners left at noon.\n",
    })  # fmt: skip
    (hit,) = Related(Basis(documents, semantic=False)).related(*passage(documents, "a", "Allies").key)
    assert hit.why.section == "Trust is lost"


def test_headings_are_no_answers_but_can_be_asked_for(read: Read) -> None:
    documents = read({"a.md": "# Drones\n\nText on drones.\n", "b.md": "# Drones\n\nDrones again.\n"})
    hits = Related(Basis(documents, semantic=False)).related(*passage(documents, "a", "Drones").key)
    assert texts_of(documents, hits) == ["Drones again."]


def test_a_pull_quote_is_not_offered_beside_its_twin(seeds: Path) -> None:
    brief, _ = read_brief([seeds])
    documents = [load(entry, default_language="en") for entry in brief.entries]
    twins = {p.key for d in documents for p in d.passages if p.twin is not None}
    assert twins
    related = Related(Basis(documents, semantic=False))
    for document in documents:
        for number in range(0, len(document.passages), 7):
            hits = related.related(document.id, number, limit=100)
            assert len({hit.key for hit in hits}) == len(hits)
            for hit in hits:
                p = next(d for d in documents if d.id == hit.doc).passages[hit.number]
                assert p.twin is None or not any(h.key == (hit.doc, p.twin) for h in hits)


def test_a_source_not_yet_shown_is_mildly_preferred(read: Read) -> None:
    near = "Drones reach the front each week from the factory."
    documents = read({
        "a.txt": "Drones reach the front every week from the factory.\n",
        "b.txt": f"{near}\n\n{near} Indeed.\n\nRain.\n\nSnow.\n",
        "c.txt": f"{near} Truly so.\n\nHail.\n",
    })  # fmt: skip
    hits = Related(Basis(documents, semantic=False)).related(*passage(documents, "a", "Drones").key, limit=2)
    assert [hit.doc for hit in hits] == ["b.txt", "c.txt"]


def test_much_in_one_source_does_not_hide_what_others_say(read: Read) -> None:
    near = "Drones reach the front each week from the factory, says"
    documents = read({
        "a.txt": "Drones reach the front every week from the factory.\n",
        "b.txt": f"{near} Ana.\n\n{near} Bo.\n\n{near} Cy.\n\n{near} Di.\n\nThe front is long.\n",
        "c.txt": f"{near} Eve.\n\n{near} Flo.\n\nHail.\n",
    })  # fmt: skip
    hits = Related(Basis(documents, semantic=False)).related(*passage(documents, "a", "Drones").key, limit=4)
    assert [hit.doc for hit in hits] == ["b.txt", "c.txt", "b.txt", "c.txt"]


def test_what_shares_only_a_neighbour_is_no_answer(read: Read) -> None:
    documents = read({
        "a.txt": "Bakers raised prices for loaves and rolls.\n",
        "b.txt": "Prices of flour, yeast and sugar rose.\n\nSugar stocks at the port of Linz are low.\n",
    })  # fmt: skip
    hits = Related(Basis(documents, semantic=False)).related(*passage(documents, "a", "Bakers").key)
    assert [hit.number for hit in hits] == [0]


def test_what_is_not_there_has_no_relatives(read: Read) -> None:
    documents = read({"a.txt": A, "b.txt": B})
    related = Related(Basis(documents, semantic=False))
    assert related.related("nowhere.txt", 0) == ()
    assert related.related("a.txt", 99) == ()
    assert related.related(*documents[0].passages[1].key, limit=0) == ()


def test_an_empty_brief_has_none() -> None:
    assert Related(Basis([])).related("a", 0) == ()


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=60), min_size=1, max_size=5))
def test_any_text_is_taken(read: Read, lines: list[str]) -> None:
    text = "\n\n".join(lines)
    documents = read({"a.txt": text + "\n\nDrones.\n", "b.txt": text + "\n\nDrones.\n"})
    related = Related(Basis(documents, aliases={"x": ("", "\u200b", "y z")}, semantic=False))
    for p in documents[0].passages:
        for hit in related.related(*p.key):
            other = documents[1].passages[hit.number]
            assert other.start <= hit.sentence.start <= hit.sentence.end <= other.end


@pytest.mark.skipif(embedding.model() is None, reason="the semantic extra is not installed")
def test_word_vectors_relate_without_shared_words_and_without_a_network(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object) -> None:
        raise AssertionError("the network was tried")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    documents = read({
        "a.txt": "Unmanned aircraft attacked the city.\n",
        "b.txt": "Grain was harvested early.\n\nDrones bombed a town.\n\nThe choir sang psalms.\n",
    })  # fmt: skip
    key = passage(documents, "a", "Unmanned").key
    assert Related(Basis(documents, semantic=False)).related(*key) == ()
    related = Related(Basis(documents, semantic=True))
    assert related.related(*key) == ()  # until they are made
    related.complete()
    hits = related.related(*key)
    assert texts_of(documents, hits)[0] == "Drones bombed a town."


def test_without_the_extra_nothing_of_it_is_loaded(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedding, "find_spec", lambda name: None)
    documents = read({"a.txt": A, "b.txt": B})
    assert vectors.Vectors.of(lambda: ["text"]) is None
    related = Related(Basis(documents, semantic=True))
    related.complete()
    assert related.related(*passage(documents, "a", "Drones").key)
