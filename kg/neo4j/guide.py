"""The guide in Browser: a walk through the graph, with ready questions to run on the way."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from importlib.resources import files

from pydantic import Field

from kg.questions import load_questions
from kg.questions.saved import saved
from ontology.schema import SchemaPart, parse_yaml


class Slide(SchemaPart):
    """A page of the guide: paragraphs, then questions by name."""

    title: str
    text: Sequence[str] = Field(min_length=1)
    questions: Sequence[str] = ()


class Guide(SchemaPart):
    """The pages of the guide in their order."""

    title: str
    slides: Sequence[Slide] = Field(min_length=1)


def load_guide() -> Guide:
    """The guide as it is packaged; raises SchemaError where the file is wrong."""
    file = files("kg.neo4j").joinpath("pages").joinpath("guide.yml")
    return parse_yaml(Guide, file.read_text(encoding="utf-8"), "pages/guide.yml")


def guide_page() -> str:
    """The guide as HTML of the form that `:guide` and `:play` take."""
    guide = load_guide()
    slides = "\n".join(map(slide_html, guide.slides))
    head = f'<!doctype html>\n<html lang="zh">\n<meta charset="utf-8">\n<title>{escape(guide.title)}</title>\n'
    return f'{head}<article class="guide">\n<carousel class="deck">\n{slides}\n</carousel>\n</article>\n</html>\n'


def slide_html(slide: Slide) -> str:
    """One page."""
    parts = [f"<h3>{escape(slide.title)}</h3>", *(f"<p>{escape(text)}</p>" for text in slide.text)]
    inside = "\n".join((*parts, *map(question_html, slide.questions)))
    return f'<slide class="row-fluid">\n<div style="padding: 0 18px">\n{inside}\n</div>\n</slide>'


def question_html(name: str) -> str:
    """A question with its examples, to be run by a click."""
    question = load_questions()[name]
    code = f'<pre class="pre-scrollable code runnable">{escape(saved(question).strip())}</pre>'
    return f"<h4>{escape(question.title_zh)}</h4>\n<figure>{code}</figure>"
