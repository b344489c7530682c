"""The whole reading of the samples: offsets, determinism, and the steps in somebody else's pipeline."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from extractors import extract
from extractors.read import read
from ontology.errors import YanbaoError
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


@pytest.fixture
def blank() -> Language:
    nlp = spacy.blank("zh")
    nlp.add_pipe("yanbao_entities")
    nlp.add_pipe("yanbao_relations")
    return nlp


def test_the_steps_run_in_a_blank_chinese_pipeline(blank: Language) -> None:
    doc = blank("去年，红杉中国投资了寒武纪。")
    assert [(ent.text, ent.label_) for ent in doc.ents] == [("红杉中国", "Investor"), ("寒武纪", "Company")]
    assert [fact.predicate for fact in doc._.yanbao_facts] == ["INVESTED_IN"]


def test_a_pipeline_that_cuts_into_characters_reads_the_same(blank: Language, extraction: Extraction) -> None:
    text = extraction.document.text
    assert blank(text)._.yanbao == extract(Document(id="text", text=text))


def test_the_head_of_a_document_may_be_given_first(blank: Language) -> None:
    doc = blank.make_doc("上月，红杉中国投资了寒武纪。")
    doc._.yanbao_document = Document(id="note", text=doc.text, date="2022-05-24")
    [fact] = blank(doc)._.yanbao_facts
    assert (fact.evidence[0].document, fact.qualifiers["date"]) == ("note", "2022-04")


@Language.component("in_capitals")
def in_capitals(doc: Doc) -> Doc:
    """A step of somebody else's: it uses the names found and adds an entity of its own."""
    doc.user_data["names"] = [(ent.text, ent.kb_id_) for ent in doc.ents]
    doc.ents = [*doc.ents, doc.char_span(0, 2, label="DATE")]
    return doc


def test_a_step_of_the_users_stands_between_them(blank: Language) -> None:
    blank.add_pipe("in_capitals", after="yanbao_entities")
    doc = blank("去年，红杉中国投资了寒武纪。")
    assert blank.pipe_names == ["yanbao_entities", "in_capitals", "yanbao_relations"]
    assert doc.user_data["names"] == [("红杉中国", "红杉中国"), ("寒武纪", "688256.SH")]
    assert [ent.label_ for ent in doc.ents] == ["DATE", "Investor", "Company"]
    assert [(fact.subject, fact.object) for fact in doc._.yanbao_facts] == [("红杉中国", "688256.SH")]


def test_entities_found_before_are_kept() -> None:
    nlp = spacy.blank("zh")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "EVENT", "pattern": [{"TEXT": "领"}, {"TEXT": "投"}]}])  # type: ignore[attr-defined]
    nlp.add_pipe("yanbao_entities")
    assert [(ent.text, ent.label_) for ent in nlp("红杉中国领投寒武纪。").ents] == [
        ("红杉中国", "Investor"),
        ("领投", "EVENT"),
        ("寒武纪", "Company"),
    ]


def test_relations_without_names_are_one_line() -> None:
    nlp = spacy.blank("zh")
    nlp.add_pipe("yanbao_relations")
    with pytest.raises(YanbaoError, match="add the component yanbao_entities before it"):
        nlp("红杉中国投资了寒武纪。")
