"""Chinese text before any name or relation: normal form, sentences, words."""
