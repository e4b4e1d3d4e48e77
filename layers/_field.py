"""What may be between the stations: a Gaussian process on a grid, with how sure it is."""

import numpy as np
import xarray as xr
from scipy.linalg import cho_factor, cho_solve

REACH = 5000.0  # true metres over which two places are alike (exponential)
NOISE = 0.15  # of the variance: what a station has of its own
STEP = 1500.0  # true metres between places of the grid


def field(x, y, value, grid_x, grid_y, *, reach: float = REACH) -> xr.Dataset:
    """Estimate at every place of the grid.

    Args:
        x, y: of the stations, metres on a plane, no two at one place.
        value: measured there; a NaN is left out.
        grid_x, grid_y: of the grid, metres on the same plane.
        reach: metres over which the likeness of two places falls to 1/e.

    Returns:
        ``value`` (unit of the measurements) and ``uncertainty``, the standard deviation of the
        estimate in the same unit, over (y, x). Far from all stations the value is their mean, the
        uncertainty their whole spread. With fewer than three stations both are NaN.
    """
    x, y, value = (np.asarray(a, float) for a in (x, y, value))
    known = np.isfinite(x) & np.isfinite(y) & np.isfinite(value)
    x, y, value = x[known], y[known], value[known]
    coords = {"y": np.asarray(grid_y, float), "x": np.asarray(grid_x, float)}
    shape = tuple(map(len, coords.values()))
    if len(value) < 3:
        nothing = (("y", "x"), np.full(shape, np.nan))
        return xr.Dataset({"value": nothing, "uncertainty": nothing}, coords)
    east, north = np.meshgrid(coords["x"], coords["y"])
    among = np.exp(-np.hypot(x[:, None] - x, y[:, None] - y) / reach)
    across = np.exp(-np.hypot(east.reshape(-1, 1) - x, north.reshape(-1, 1) - y) / reach)
    factor = cho_factor(among + NOISE * np.eye(len(x)))
    mean, variance = value.mean(), value.var(ddof=1)
    estimate = mean + across @ cho_solve(factor, value - mean)
    left = 1 - np.einsum("ij,ji->i", across, cho_solve(factor, across.T))
    spread = np.sqrt(variance * np.clip(left, 0, None))
    return xr.Dataset(
        {
            "value": (("y", "x"), estimate.reshape(shape)),
            "uncertainty": (("y", "x"), spread.reshape(shape)),
        },
        coords,
        {"spread": float(np.sqrt(variance))},
    )
