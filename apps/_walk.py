"""How far a place is on the ground, and how long it takes to walk there. Pure."""

import math

EAST, NORTH = 88_200.0, 110_990.0  # metres in a degree, at the latitude of the city
PACE = 67.0  # metres a minute on foot
WINDING = 4 / 3  # how much longer than the straight line a way through the streets is


def on_foot(metres: float) -> int:
    """Minutes it takes to walk there, at least one: an estimate from the straight line."""
    return max(math.ceil(metres * WINDING / PACE), 1)
