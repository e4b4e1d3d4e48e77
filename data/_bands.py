"""How traffic flows, in the three bands of TOPIS (2016): go, slow, jam."""

BELOW = {  # km/h: jam below the first, slow below the second
    "expressway": (30.0, 50.0),
    "arterial": (15.0, 25.0),
}


def band(speed: float, road_class: str) -> str:
    """``go``, ``slow`` or ``jam`` on a road of that class; ``""`` when the speed is unknown."""
    if speed != speed:
        return ""
    jam, slow = BELOW.get(road_class, BELOW["arterial"])
    return "jam" if speed < jam else "slow" if speed < slow else "go"
