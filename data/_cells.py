"""Shapes for points: the power diagram that stands in for boundaries nobody may publish.

A point with a larger weight gets more room than in a Voronoi diagram. Where a dong's centre and
area are known its point and weight are moved until its cell has about that centre and that area.
"""

import numpy as np
import shapely
from scipy.spatial import ConvexHull
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

FAR = 4.0  # how far outside, in extents of the points, the ring stands that closes every cell
RING = 16  # points on that ring
WEIGHT = 0.30  # of its area is the weight a cell begins with
ROUNDS = 12
MOVE, GROW = 0.5, 0.3  # of what a centre and an area lack is put right in the first round
CALM = 0.95  # times as much in each round after it, or small cells begin to swing


def power_diagram(xy: np.ndarray, weight: np.ndarray) -> list[Polygon]:
    """The cell of each point: where distance² - weight is least for it.

    The points are lifted to (x, y, x² + y² - weight); the lower side of their convex hull is the
    triangulation whose dual the cells are.

    Args:
        xy: (n, 2), metres.
        weight: (n,), m².

    Returns:
        n convex polygons, neighbours with exactly the same corners; an empty one for a point
        that its neighbours leave no room.
    """
    middle = xy.mean(axis=0)
    reach = FAR * np.ptp(xy, axis=0).max()
    turn = np.linspace(0, 2 * np.pi, RING, endpoint=False)
    ring = reach * np.column_stack([np.cos(turn), np.sin(turn)])
    points = np.vstack([xy - middle, ring])
    lift = (points**2).sum(axis=1) - np.concatenate([weight, np.zeros(RING)])
    hull = ConvexHull(np.column_stack([points, lift]))
    lower = hull.equations[:, 2] < 0
    planes = hull.equations[lower]
    corners = -planes[:, :2] / (2 * planes[:, 2:3])
    around: list[list[int]] = [[] for _ in points]
    for corner, triangle in enumerate(hull.simplices[lower]):
        for site in triangle:
            around[site].append(corner)
    return [_cell(corners[around[site]], middle) for site in range(len(xy))]


def _cell(corners: np.ndarray, middle: np.ndarray) -> Polygon:
    if len(corners) < 3:
        return Polygon()
    spoke = corners - corners.mean(axis=0)
    order = np.argsort(np.arctan2(spoke[:, 1], spoke[:, 0]))
    return Polygon(corners[order] + middle)


def fitted(
    centre: np.ndarray, area: np.ndarray, limits: BaseGeometry
) -> tuple[np.ndarray, np.ndarray]:
    """Points and weights whose power cells, inside the limits, nearly have those centres and areas.

    Args:
        centre: (n, 2) centroids to be had, metres.
        area: (n,) to be had, m².
        limits: of all cells together.

    Returns:
        (n, 2) metres and (n,) m², as ``power_diagram`` takes them.
    """
    site, weight, step = centre.copy(), WEIGHT * area, 1.0
    shapely.prepare(limits)
    for _ in range(ROUNDS):
        cells = np.array(power_diagram(site, weight))
        crossing = ~shapely.contains_properly(limits, cells)
        cells[crossing] = shapely.intersection(cells[crossing], limits)
        there = ~shapely.is_empty(cells)
        middle = site.copy()
        middle[there] = shapely.get_coordinates(shapely.centroid(cells[there]))
        site += step * MOVE * (centre - middle)
        weight += step * GROW * (area - shapely.area(cells))
        step *= CALM
    return site, weight


def clipped(cells: list[Polygon], limits: BaseGeometry) -> list[BaseGeometry]:
    """The cells inside the limits, each in one piece.

    A part cut off from its cell by a bay of the limits goes to the neighbour it touches most.
    """
    inside = [cell.intersection(limits) for cell in cells]
    whole, stray = [], []
    for shape in inside:
        parts = sorted(polygons(shape), key=lambda part: part.area)
        whole.append(parts.pop() if parts else Polygon())
        stray += parts
    for part in stray:
        touching = [part.intersection(shape).length for shape in whole]
        nearest = int(np.argmax(touching))
        whole[nearest] = whole[nearest].union(part)
    return whole


def polygons(shape: BaseGeometry) -> list[Polygon]:
    """The polygons a shape is made of; its lines and points are left out."""
    if isinstance(shape, Polygon):
        return [] if shape.is_empty else [shape]
    return [whole for part in getattr(shape, "geoms", ()) for whole in polygons(part)]
