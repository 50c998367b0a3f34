"""A window on a text comes back to where it was, also where its rows are others by then."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from brief_tui.corpus.library import Library
from brief_tui.corpus.manifest import read_brief
from brief_tui.tui.flow import Flow, Item
from brief_tui.tui.view import View

DOCUMENT = next(iter(Library(read_brief(None)[0]).documents()))
NUMBERS = range(len(DOCUMENT.passages))

FLOWS = st.builds(
    lambda numbers, width: Flow(DOCUMENT, tuple(Item(n) for n in sorted(numbers)), width),
    st.sets(st.sampled_from(NUMBERS)) | st.just(set(NUMBERS)),
    st.integers(10, 90),
)


@given(FLOWS, FLOWS, st.integers(1, 60), st.integers(0, 2000), st.integers(-2000, 2000))
def test_a_view_is_put_back(first: Flow, second: Flow, height: int, rows: int, more: int) -> None:
    view = View()
    view.reset(first, height, 0)
    view.scroll(rows)
    held, shown = view.hold(), list(view.frame)
    view.reset(second, height, 0)
    view.put_back(held)
    assert all(place.item < len(second.items) for place in view.frame)
    view.scroll(more)
    view.reset(first, height, 0)
    view.scroll(more)
    view.put_back(held)
    assert view.frame == shown


def test_the_same_words_are_shown_where_rows_are_others() -> None:
    every = tuple(Item(number) for number in NUMBERS)
    view = View()
    view.reset(Flow(DOCUMENT, every, 40), 10, 0)
    view.scroll(100)
    held, anchor = view.hold(), view.anchor()
    view.reset(Flow(DOCUMENT, every, 77), 10, 0)
    view.put_back(held)
    first, end = view.span()
    assert 0 < first <= anchor < end
