"""Ready questions: each one file of data; its answer over the ledger and its Cypher give the same rows."""

from kg.questions.ask import Row, ask
from kg.questions.question import Parameter, Question, load_questions, question_named

__all__ = ["Parameter", "Question", "Row", "ask", "load_questions", "question_named"]
