"""Words of passages in arrays say what dictionaries would."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brief_tui.search.sparse import Inverted, Vocabulary

PASSAGES = st.lists(st.dictionaries(st.text(max_size=2), st.floats(0, 4, width=32), max_size=5), max_size=6)


@settings(max_examples=40)
@given(PASSAGES)
def test_they_hold_what_dictionaries_hold(passages: list[dict[str, float]]) -> None:
    vocabulary = Vocabulary(["first"])
    rows = [({vocabulary.number(word): weight for word, weight in each.items()}) for each in passages]
    held = [sum(word in each for each in passages) for word in vocabulary.words]
    made = Inverted(vocabulary.words, len(passages), held, held)
    made.fill([([*row], [*row.values()]) for row in rows])
    for one in (made, Inverted.unpacked(made.packed())):
        assert one.total == len(passages)
        for word in ["first", *(word for each in passages for word in each)]:
            number = vocabulary.number(word)
            assert one.word(number) == word
            found = [(at, each[word]) for at, each in enumerate(passages) if word in each]
            assert list(one.of(number)) == found
            assert one.holders(number) == len(found)


def test_a_word_that_came_later_is_in_no_passage() -> None:
    made = Inverted(["first"], 1, [1], [1])
    assert (made.word(2), made.holders(2), list(made.of(2))) == ("", 0, [])


@pytest.mark.parametrize("content", [b"", b"\x90", b"x" * 40, Inverted(["a"], 1, [1], [1]).packed()[:-1]])
def test_what_is_no_such_content_is_refused(content: bytes) -> None:
    with pytest.raises((msgspec.MsgspecError, ValueError)):
        Inverted.unpacked(content)
