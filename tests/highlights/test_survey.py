"""What is asked of all highlights at once says the same as going through them."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brief_tui.corpus.model import Document, Span
from brief_tui.highlights.store import Store

MARKS = st.lists(
    st.tuples(st.integers(0, 20), st.integers(1, 9), st.sets(st.sampled_from("xyz"))), max_size=8
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(marks=MARKS, start=st.integers(0, 25), length=st.integers(1, 9))
def test_a_survey_says_what_the_highlights_say(
    store: Store, doc: Document, marks: list[tuple[int, int, set[str]]], start: int, length: int
) -> None:
    for each in store.all_highlights:
        store.remove(each.id)
    for at, size, tags in marks:
        store.add(doc.text, doc.id, doc.digest, Span(at, at + size), tags=sorted(tags))
    store.add(doc.text, "b.txt", doc.digest, Span(0, 6), tags=["other"])
    kept, wanted = store.highlights(), Span(start, start + length)
    assert list(store.survey.places()) == [(each.doc, each.digest, each.span) for each in kept]
    assert list(store.survey.tagged()) == [(each.doc, each.span, each.tags) for each in kept]
    assert store.survey.tags() == {tag for each in kept for tag in each.tags}
    across = [each for each in kept if each.doc == doc.id and each.span.overlaps(wanted)]
    assert list(store.survey.across(doc.id, wanted)) == across


def test_what_is_orphaned_stands_nowhere(store: Store, doc: Document, make: Callable[..., Document]) -> None:
    store.add(doc.text, doc.id, doc.digest, Span(0, 6), tags=["x"])
    store.reattach(make("Nothing of it is left here, not a single word that was."))
    assert list(store.survey.places()) == []
    assert list(store.survey.tagged()) == []
    assert store.survey.across(doc.id, Span(0, 6)) == ()
    assert store.survey.tags() == {"x"}


def test_what_was_read_and_searched_leaves_what_was_made_of_the_marks(store: Store, doc: Document) -> None:
    """Each session that is kept would otherwise have all decisions read again."""
    before = store.revision()
    store.reading.save_state({"active": 1})
    store.reading.add_search("moscow")
    store.reading.mark_read(doc.id, ["a"])
    assert store.revision() == before
    store.add(doc.text, doc.id, doc.digest, Span(0, 6))
    marked = store.revision()
    assert marked != before
    store.reading.add_search("tehran")
    assert store.revision() == marked
