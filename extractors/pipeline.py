"""The pipeline: text → words → entities → relations, one spaCy `Language` with a component for each step."""

from __future__ import annotations

import functools
import sys
from pathlib import Path

from spacy.lang.zh import Chinese
from spacy.language import Language
from spacy.tokens import Doc

from extractors.components import WordTokenizer
from ontology.records import Document, Extraction


@functools.cache
def build_pipeline(rules: tuple[Path, ...] = (), lists: tuple[Path, ...] = ()) -> Language:
    """The pipeline over the packaged rules and lists and those of the user's folders.

    Raises SchemaError where a rule or list is wrong.
    """
    nlp = Chinese()
    nlp.tokenizer = WordTokenizer(nlp.vocab)
    nlp.max_length = sys.maxsize  # spaCy's limit is for parsers, which take far more memory
    nlp.add_pipe("yanbao_entities", config={"lists": [str(folder) for folder in lists]})
    nlp.add_pipe("yanbao_relations", config={"rules": [str(folder) for folder in rules]})
    return nlp


def extract(document: Document, rules: tuple[Path, ...] = (), lists: tuple[Path, ...] = ()) -> Extraction:
    """Entities, mentions, facts and deals of one document: a pure function of document, rules and lists."""
    extraction: Extraction = run(document, rules, lists)._.yanbao
    return extraction


def run(document: Document, rules: tuple[Path, ...] = (), lists: tuple[Path, ...] = ()) -> Doc:
    """The document after every step, with what each step left on it (see `extractors.components`)."""
    nlp = build_pipeline(rules, lists)
    doc = nlp.make_doc(document.text)
    doc._.yanbao_document = document
    for _, step in nlp.pipeline:
        doc = step(doc)
    return doc
