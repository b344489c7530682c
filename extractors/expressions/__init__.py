"""Regular expressions at scale: which of very many can match a text at all."""
