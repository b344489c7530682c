"""How Neo4j Browser draws the graph, in its GraSS notation: a colour for each type, captions in Chinese."""

from __future__ import annotations

from kg.neo4j.content import edge_types
from ontology.schema import EntityType, Ontology

GENERAL = """node {
  diameter: 50px;
  color: #A5ABB6;
  border-color: #9AA1AC;
  border-width: 2px;
  text-color-internal: #FFFFFF;
  font-size: 10px;
}
relationship {
  color: #A5ABB6;
  shaft-width: 1px;
  font-size: 8px;
  padding: 3px;
  text-color-external: #000000;
  text-color-internal: #FFFFFF;
  caption: "<type>";
}
"""
DARKER = 0.8
DARK_TEXT_FROM = 160  # brightness of a colour, 0 to 255


def grass(ontology: Ontology) -> str:
    """The style sheet; a label that only serves identity has no rule."""
    nodes = (node_rule(entity) for entity in ontology.entities.values() if entity.colour)
    edges = (f'relationship.{name} {{\n  caption: "{{label_zh}}";\n}}\n' for name in sorted(edge_types()))
    return "".join((GENERAL, *nodes, *edges))


def node_rule(entity: EntityType) -> str:
    """Colour and caption of one type."""
    colours = f"  color: {entity.colour};\n  border-color: {darker(entity.colour)};\n"
    text = "#000000" if brightness(entity.colour) >= DARK_TEXT_FROM else "#FFFFFF"
    return f'node.{entity.name} {{\n{colours}  text-color-internal: {text};\n  caption: "{{name}}";\n}}\n'


def channels(colour: str) -> tuple[int, int, int]:
    """Red, green and blue of `#RRGGBB`."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def darker(colour: str) -> str:
    """The colour of the border."""
    return "#" + "".join(f"{round(channel * DARKER):02X}" for channel in channels(colour))


def brightness(colour: str) -> float:
    """How bright a colour looks, 0 to 255."""
    red, green, blue = channels(colour)
    return 0.299 * red + 0.587 * green + 0.114 * blue
