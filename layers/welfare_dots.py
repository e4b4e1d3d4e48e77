"""Where the welfare centres are that visit people at home."""

import holoviews as hv
import numpy as np

from data import figure
from layers import Frame, Layer
from layers._crowd import crowd
from layers._spots import fresh, table, tips


class WelfareDots(Layer):
    """A disc with a dot per centre, in the middle of its dong: its address is not published."""

    title = "Welfare centres"
    subject = "Welfare"
    on = {"city": 57, "near": 57}
    hidden = ("city", "near")

    centres = Frame("welfare_centres", doc="Centres by dong with their visits.")
    dongs = Frame("dongs", doc="Where each dong is.")
    districts = Frame("districts", doc="Where each district is.")
    shapes = Frame("district_shapes", doc="Outlines of the districts.")

    def draw(self) -> hv.Overlay:
        """Numbers, then Points; a centre of an unknown dong is left out."""
        names = ("name", "dong", "opens", "closes", "visits", "observed_at")
        rows = table(fresh(self, "centres"), *names)
        known = self.dongs is not None and len(self.dongs)
        middles = self.dongs.drop_duplicates("dong").set_index("dong") if known else None
        for axis in ("lon", "lat"):
            rows[axis] = middles[axis].reindex(rows["dong"]).to_numpy() if known else np.nan
        hours = (rows["opens"] + "–" + rows["closes"]).where(rows["opens"] != "", "")
        visits = [self.say("{n} visits", n=figure(n)) for n in rows["visits"]]
        rows = rows.assign(tip=tips(rows["name"], hours, visits))
        return crowd(self, rows, marker="circle_dot", scale=1.3)

    def legend(self) -> list[tuple[str, str]]:
        """One of them, and the numbers from afar."""
        far = self.say("Number in the district; each one when enlarged")
        return [("circle_dot", self.say(self.title)), ("number", far)]
