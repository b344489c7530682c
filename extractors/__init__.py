"""How facts are read from Chinese text: `extract(document)` is pure, and the same bytes on every machine."""

from extractors.fingerprint import fingerprint
from extractors.pipeline import extract

__all__ = ["extract", "fingerprint"]
