"""The entity component alone: who is named where in a text, with the packaged lists."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.lang.zh import Chinese
from spacy.tokens import Doc

from extractors.components import WordTokenizer


@pytest.fixture(scope="session")
def read_text() -> Callable[[str], Doc]:
    """The text with its entities."""
    nlp = Chinese()
    nlp.tokenizer = WordTokenizer(nlp.vocab)
    nlp.add_pipe("yanbao_entities")
    return nlp


@pytest.fixture(scope="session")
def names(read_text: Callable[[str], Doc]) -> Callable[[str], dict[str, str]]:
    """Every mention of a text as it stands there, with the type of its entity."""

    def find(text: str) -> dict[str, str]:
        doc = read_text(text)
        passages = doc._.yanbao_named.passages
        types = {referent.id: referent.type for passage in passages for referent in passage.referents}
        return {mention.text: types[mention.entity] for mention in doc._.yanbao_mentions}

    return find
