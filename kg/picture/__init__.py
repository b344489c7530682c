"""The graph as one page for any browser: drawn, filtered and searched there, without any request to a network."""

from kg.picture.page import page

__all__ = ["page"]
