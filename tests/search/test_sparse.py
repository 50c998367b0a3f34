"""Vectors of terms in arrays say what dictionaries would."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from brief_tui.search.sparse import Inverted, Vectors, Vocabulary

VECTORS = st.lists(st.dictionaries(st.text(max_size=2), st.floats(0, 4, width=32), max_size=5), max_size=6)


@given(VECTORS, st.data())
def test_they_hold_what_dictionaries_hold(vectors: list[dict[str, float]], data: st.DataObject) -> None:
    counted = [data.draw(st.booleans()) for _ in vectors]
    vocabulary = Vocabulary()
    packed = Vectors(vocabulary, vectors)
    inverted = Inverted(vocabulary, packed)
    assert [list(each.items()) for each in packed] == [list(each.items()) for each in vectors]
    holders = packed.holders(counted)
    for term in {"", "never", *(term for each in vectors for term in each)}:
        where = [(at, each[term]) for at, each in enumerate(vectors) if term in each]
        assert list(inverted.of(term)) == where
        number = vocabulary.number(term)
        assert (number is None) == (not where)
        if number is not None:
            assert holders[number] == sum(counted[at] for at, _ in where)
            assert all(packed[at][term] == weight for at, weight in where)
