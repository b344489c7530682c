"""The process from which Spark forks its Python workers: rules are loaded here, so that no worker loads them again."""

from __future__ import annotations

from pyspark.daemon import manager

import extractors
from ontology.records import Document

if __name__ == "__main__":
    extractors.extract(Document(id="warm", text="。"))
    manager()
