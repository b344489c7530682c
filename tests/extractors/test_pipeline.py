"""The whole reading of the samples: offsets, determinism, and the steps in somebody else's pipeline."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import spacy

from extractors import extract
from extractors.read import read
from ontology.records import Document, Extraction
from ontology.schema import load_ontology
from ontology.stream import lines

SAMPLES = sorted((Path(__file__).parent.parent / "samples").glob("*.md"))


def documents(path: Path) -> list[Document]:
    return [found for found in read(path) if isinstance(found, Document)]


@pytest.fixture(scope="module", params=SAMPLES, ids=lambda path: path.stem)
def extraction(request: pytest.FixtureRequest) -> Extraction:
    return extract(documents(request.param)[0])


def test_every_quote_stands_in_the_text(extraction: Extraction) -> None:
    text = extraction.document.text
    quotes = [*extraction.mentions, *(e for fact in extraction.facts for e in fact.evidence)]
    quotes += [e for deal in extraction.deals for e in deal.evidence]
    assert len(quotes) > 50
    assert [q for q in quotes if text[q.start : q.end] != q.text] == []


def test_every_fact_joins_entities_that_are_there(extraction: Extraction) -> None:
    known = {entity.id for entity in extraction.entities}
    assert extraction.facts
    assert {end for fact in extraction.facts for end in (fact.subject, fact.object)} <= known
    assert {mention.entity for mention in extraction.mentions} <= known
    assert {party.entity for deal in extraction.deals for party in deal.parties} <= known


def test_nothing_open_takes_the_plain_form(extraction: Extraction) -> None:
    relations = load_ontology().relations
    plain = [fact for fact in extraction.facts if relations[fact.predicate].pending]
    assert {fact.qualifiers["status"] for fact in plain} <= {"completed"}


def test_ids_tell_facts_apart(extraction: Extraction) -> None:
    ids = [fact.id for fact in extraction.facts]
    assert len(ids) == len(set(ids))


def test_another_process_with_another_hash_seed_prints_the_same_bytes() -> None:
    path = SAMPLES[0]
    program = (
        "import sys; from pathlib import Path; from extractors import extract; from extractors.read import read;"
        "from ontology.stream import lines;"
        "[print(line) for document in read(Path(sys.argv[1])) for line in lines(extract(document))]"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", program, str(path)],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[2]), "PATH": ""},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1
    assert runs.pop().decode() == "".join(line + "\n" for line in lines(extract(documents(path)[0])))


@pytest.mark.parametrize("text", ["", "\n\n", "。", "（）", "“”", "公司", "# \n", "|||\n", "\t\t\t\n", "，，，；；"])
def test_texts_that_say_nothing_yield_nothing(text: str) -> None:
    assert extract(Document(id="x", text=text)).facts == ()


def test_the_steps_run_in_a_blank_chinese_pipeline() -> None:
    nlp = spacy.blank("zh")
    nlp.add_pipe("yanbao_entities")
    nlp.add_pipe("yanbao_relations")
    doc = nlp("去年，红杉中国投资了寒武纪。")
    assert [(ent.text, ent.label_) for ent in doc.ents] == [("红杉中国", "Investor"), ("寒武纪", "Company")]
    assert [fact.predicate for fact in doc._.yanbao_facts] == ["INVESTED_IN"]
