"""Where fire engines and ambulances are sent: a mark by kind, filled by how far they are."""

import holoviews as hv

from data import figure
from layers import Frame, Layer
from layers._spots import fresh, spots, table, tips

MARKERS = {"Fire": "inverted_triangle", "Rescue": "hex", "Ambulance": "circle"}
FILL = {  # by stage: hollow on the way, half on the scene, full at work
    "Ordered out": 0.0,
    "On the way": 0.0,
    "On the scene": 0.5,
    "At work": 1.0,
    "Under control": 1.0,
    "Extinguished": 1.0,
}
SIZES = {"Fire": 2.4, "Rescue": 2.0, "Ambulance": 1.4}


class DispatchPins(Layer):
    """A fire a triangle, a rescue a hexagon, an ambulance a disc; closed ones none."""

    title = "Emergency dispatch"
    subject = "Safety"
    on = {"city": 82, "near": 82}
    hidden = ("city", "near")

    dispatch = Frame("dispatch", doc="Dispatches under way with their stage.")

    def draw(self) -> hv.Overlay:
        """Points of each kind with size and fill; of unknown kind or stage none."""
        names = ("kind", "kind_en", "stage", "stage_en", "vehicles", "lon", "lat")
        rows = table(fresh(self, "dispatch"), *names)
        rows = rows[rows["kind_en"].isin(MARKERS) & rows["stage_en"].isin(FILL)]
        korean = self.language == "ko"
        kind, stage = (rows[n if korean else f"{n}_en"] for n in ("kind", "stage"))
        sent = [self.say("{n} vehicles", n=figure(n)) for n in rows["vehicles"]]
        rows = rows.assign(
            marker=rows["kind_en"].map(MARKERS),
            size=rows["kind_en"].map(SIZES),
            fill=rows["stage_en"].map(FILL),
            tip=tips(kind, stage, sent),
        ).sort_values("size", kind="stable")
        return spots(self, rows, ("size", "fill"), markers=list(reversed(MARKERS.values())))

    def legend(self) -> list[tuple[str, str]]:
        """Kinds by shape, then stages by filling."""
        kinds = [(MARKERS[kind], self.say(kind)) for kind in MARKERS]
        stages = [("circle-hollow", "On the way"), ("circle-half", "On the scene")]
        return [*kinds, *((m, self.say(w)) for m, w in (*stages, ("circle", "At work")))]
