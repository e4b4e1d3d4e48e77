"""The streams that run to the Han River."""

import holoviews as hv

from layers import Frame, Layer
from layers._layer import marked
from layers._shapes import line, metres


class StreamLines(Layer):
    """One thin line per stream."""

    title = "Streams"
    on = {"city": 30, "near": 30}

    streams = Frame("streams", doc="Centre lines of the streams.")

    def draw(self) -> hv.Path:
        """Lines, no values."""
        there = self.streams is not None and len(self.streams)
        paths = [p for shape in metres(self.streams).geometry for p in line(shape)] if there else []
        return hv.Path(paths, ["x", "y"]).opts(
            color=self.tokens["stream"],
            line_width=self.tokens.px("line"),
            hooks=[marked("stream_lines")],
        )
