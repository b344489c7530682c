"""Normal form of text, its offsets, and the words that guard the edges of names."""

from __future__ import annotations

from extractors.language.normalise import fold, normalise
from extractors.language.sentences import sentences
from extractors.language.words import Words, dictionary


def test_width_script_and_punctuation_are_folded() -> None:
    assert normalise("Ａ股,臺積電(TSMC)").text == "A股，台积电（TSMC）"


def test_spaces_between_chinese_go_and_offsets_stay() -> None:
    flow = normalise("寒 武\n纪 AI 芯片")
    assert flow.text == "寒武纪AI芯片"
    assert flow.source(0, 3) == (0, 5)


def test_figures_keep_their_commas() -> None:
    assert normalise("1,200万股,占比").text == "1,200万股，占比"


def test_traditional_characters_become_single_ones() -> None:
    raw = "證券與銀行"
    assert len(normalise(raw).text) == len(raw)
    assert fold(raw) == "证券与银行"


def test_sentences_cover_the_text() -> None:
    text = "甲公司中标。乙公司称：“订单饱满。”丙公司减持"
    spans = list(sentences(text))
    assert spans[0][0] == 0
    assert spans[-1][1] == len(text)
    assert next(text[a:b] for a, b in spans) == "甲公司中标。"


def test_words_know_what_they_cut() -> None:
    text = "人工智能发展"
    flow = normalise(text)
    at, starts = 0, []
    for word in dictionary().lcut(text):
        starts.append(at)
        at += len(word)
    words = Words(flow, starts)
    assert words.is_edge(4)
    assert words.inside(1)
    assert not words.inside(4)
