"""Who works with whom: departments by section, and by the measures that one leads and another joins."""

import asyncio
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ui.web.client import ApiClient

Department = Mapping[str, Any]
"""A department with everything that it leads or joins, as /v1/departments/{name} tells."""

SIZE = 900
"""Width and height of the drawing, in its own units."""
_RADIUS = 290
_LABEL_GAP = 14
_STRAIGHTNESS = 0.35
"""How far from the middle a line bends: 0 leads through it, 1 along the circle's chord."""


@dataclass(frozen=True, slots=True)
class Cell:
    """In how many measures of one section a department leads and joins."""

    section: str
    lead: int
    cooperating: int

    @property
    def total(self) -> int:
        """Both together."""
        return self.lead + self.cooperating


@dataclass(frozen=True, slots=True)
class Node:
    """A department on the circle: its place, its circle, where and how its name is written (degrees)."""

    name: str
    lead: int
    cooperating: int
    x: float
    y: float
    radius: float
    label_x: float
    label_y: float
    turn: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Edge:
    """One department leads ``count`` measures that the other joins; ``path`` is its line in SVG."""

    lead: int
    cooperating: int
    count: int
    path: str


async def involved(client: ApiClient) -> list[Department]:
    """All named offices here that lead or join a district measure, with what they lead and join. Raises ApiError."""
    listed = await client.departments()
    named = [each["name"] for each in listed if each["level"] == "district" and each["region"] == listed[0]["region"]]
    found = await asyncio.gather(*(client.department(name) for name in named))
    return [each for each in found if not each["collective"] and (_led(each) or each["cooperating"])]


def cells(department: Department, sections: Sequence[str]) -> list[Cell]:
    """The row of a department in the heat map, a cell a section."""
    lead = Counter(_section(source) for source in _led(department))
    cooperating = Counter(_section(source) for source in department["cooperating"])
    return [Cell(section, lead[section], cooperating[section]) for section in sections]


def network(departments: Sequence[Department]) -> tuple[list[Node], list[Edge]]:
    """The departments around a circle, and a line for each pair of which one leads what the other joins."""
    nodes = [_node(each, at, len(departments)) for at, each in enumerate(departments)]
    joined = [{source["id"] for source in each["cooperating"]} for each in departments]
    led = [{source["id"] for source in _led(each)} for each in departments]
    return nodes, [
        Edge(lead, other, count, _curve(nodes[lead], nodes[other]))
        for lead in range(len(nodes))
        for other in range(len(nodes))
        if lead != other and (count := len(led[lead] & joined[other]))
    ]


def _led(department: Department) -> list[Mapping[str, Any]]:
    """What it answers for: what it leads, and what it is named for without distinction."""
    return [*department["lead"], *department["responsible"]]


def _section(source: Mapping[str, Any]) -> str:
    outline: list[str] = source["outline"]
    return outline[-1]


def _node(department: Department, at: int, count: int) -> Node:
    angle = 2 * math.pi * at / count - math.pi / 2
    lead = len(_led(department))
    radius = 4 + 2.2 * math.sqrt(lead)
    cos, sin = math.cos(angle), math.sin(angle)
    outside = _RADIUS + _LABEL_GAP + radius / 2
    is_left = cos < -1e-9
    return Node(
        name=department["name"],
        lead=lead,
        cooperating=len(department["cooperating"]),
        x=SIZE / 2 + _RADIUS * cos,
        y=SIZE / 2 + _RADIUS * sin,
        radius=radius,
        label_x=SIZE / 2 + outside * cos,
        label_y=SIZE / 2 + outside * sin,
        # Names on the left side are turned over, so that none stands on its head.
        turn=math.degrees(angle) + (180 if is_left else 0),
        anchor="end" if is_left else "start",
    )


def _curve(start: Node, end: Node) -> str:
    middle = SIZE / 2
    bend_x = middle + ((start.x + end.x) / 2 - middle) * _STRAIGHTNESS
    bend_y = middle + ((start.y + end.y) / 2 - middle) * _STRAIGHTNESS
    return f"M{start.x:.1f} {start.y:.1f}Q{bend_x:.1f} {bend_y:.1f} {end.x:.1f} {end.y:.1f}"
