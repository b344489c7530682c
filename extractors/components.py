"""The steps as spaCy components, registered by entry point, so that they can be mixed with anybody's own.

On any Chinese pipeline, whatever its tokenizer, `yanbao_entities` adds to `doc.ents` and sets `doc._.yanbao_mentions`;
`yanbao_relations` sets `doc._.yanbao_facts` and `doc._.yanbao`, the whole `Extraction`. `doc._.yanbao_document` may be
set before them. The other attributes hand the work from one step to the next.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from spacy.lang.zh import Chinese
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans
from spacy.vocab import Vocab, create_vocab

from extractors.entities.gazetteer import load_gazetteer
from extractors.entities.recognise import Passage
from extractors.language.words import words_of
from extractors.pipeline import Named, find_names, find_relations, word_starts
from extractors.relations.rules import load_rules
from extractors.results import mentions_of
from ontology.errors import YanbaoError
from ontology.records import Document

VOCABULARY = 50_000
EXTENSIONS: dict[str, Any] = {
    "yanbao_document": None,
    "yanbao_named": None,
    "yanbao_mentions": (),
    "yanbao_facts": (),
    "yanbao": None,
}
for _name, _default in EXTENSIONS.items():
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=_default)


class WordTokenizer:
    """spaCy tokenizer: jieba's words, every character of the text kept."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Words of a text; their `idx` are offsets of code points.

        A vocabulary keeps every word it has met; a new one takes its place before it fills the memory.
        """
        words = words_of(text)
        if len(self.vocab.strings) > VOCABULARY:
            self.vocab = create_vocab(Chinese.lang, Chinese.Defaults)
        return Doc(self.vocab, words=words, spaces=[False] * len(words))


@Language.factory("yanbao_entities", default_config={"lists": []}, assigns=["doc.ents", "doc._.yanbao_mentions"])
def create_entities(nlp: Language, name: str, lists: list[str]) -> Callable[[Doc], Doc]:
    """Layout, names and who is who; `lists` are folders with lists of the user's own."""
    gazetteer = load_gazetteer(tuple(map(Path, lists)))
    own_words = isinstance(nlp.tokenizer, WordTokenizer)

    def find_entities(doc: Doc) -> Doc:
        document = doc._.yanbao_document or Document(id="text", text=doc.text)
        starts = [token.idx for token in doc] if own_words else word_starts(document.text)
        named = find_names(document, starts, gazetteer)
        doc._.yanbao_document, doc._.yanbao_named = document, named
        doc._.yanbao_mentions = tuple(mentions_of(document, named.passages))
        doc.ents = filter_spans([*doc.ents, *_ents(doc, named.passages)])
        return doc

    return find_entities


@Language.factory(
    "yanbao_relations", default_config={"rules": []}, requires=["doc._.yanbao_mentions"], assigns=["doc._.yanbao_facts"]
)
def create_relations(nlp: Language, name: str, rules: list[str]) -> Callable[[Doc], Doc]:
    """Facts and deals; `rules` are folders with rules of the user's own."""
    book = load_rules(tuple(map(Path, rules)))

    def add_relations(doc: Doc) -> Doc:
        named: Named | None = doc._.yanbao_named
        if named is None:
            raise YanbaoError("yanbao_relations finds no names", name, "add the component yanbao_entities before it")
        extraction = find_relations(named, book).extraction
        doc._.yanbao, doc._.yanbao_facts = extraction, extraction.facts
        return doc

    return add_relations


def _ents(doc: Doc, passages: list[Passage]) -> list[Span]:
    found = []
    for passage in passages:
        for span, referent in zip(passage.spans, passage.referents, strict=True):
            start, end = passage.flow.source(span.start, span.end)
            ent = doc.char_span(start, end, label=referent.type, kb_id=referent.id, alignment_mode="expand")
            if ent is not None:
                found.append(ent)
    return found
