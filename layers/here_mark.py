"""Where the viewer stands, and how far one walks from there."""

import holoviews as hv
import numpy as np
import shapely

from layers import Layer
from layers._labels import labels
from layers._layer import marked, overlay
from layers._shapes import STRETCH, line, points

PACE = 67.0  # true metres a minute, on foot (4 km/h)
AWAY = 0.75  # of the way as the crow flies: streets are not straight
WALKS = (10, 20)  # minutes
SIZE = {"hand": 12.0, "wall": 20.0, "kiosk": 34.0}  # screen px


class HereMark(Layer):
    """Rings of ten and twenty minutes on foot around the place, and the place itself."""

    title = "You are here"
    on = {"near": 90}

    def draw(self) -> hv.Overlay:
        """Rings, their minutes, the mark, its words."""
        tokens, look = self.tokens, dict(hooks=[marked("here_mark")])
        x, y = points([self.place[0]], [self.place[1]]) if self.place else points([], [])
        here = list(zip(x, y, strict=True))
        rings, minutes = [], []
        for walk in WALKS if here else ():
            away = walk * PACE * AWAY * STRETCH
            rings += line(shapely.Point(*here[0]).buffer(away, quad_segs=24).exterior)
            minutes.append((x[0], y[0] - away, self.say("{n} min on foot", n=walk)))
        size = SIZE[self.surface]
        spot = hv.Points(np.array(here).reshape(-1, 2), ["x", "y"]).opts(
            size=size, color=tokens["ink"], line_color=tokens["paper"],
            line_width=tokens.px("line"), **look,
        )  # fmt: skip
        words = [(*at, self.say(self.title)) for at in here]
        large = tokens.px("t2")
        dotted = dict(line_dash=[3, 14], line_cap="round")
        return overlay(
            [
                hv.Path(rings, ["x", "y"]).opts(
                    color=tokens["ink-2"], line_width=tokens.px("hair"),
                    hooks=[marked("here_mark", **dotted)],
                ),
                *labels(minutes, "here_mark", tokens, colour=tokens["ink-2"]),
                spot,
                labels(words, "here_mark", tokens, colour=tokens["paper"], box="ink",
                       size=large, style="bold", lift=size + large * 1.4),
            ]
        )  # fmt: skip
