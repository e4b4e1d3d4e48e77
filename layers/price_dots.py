"""Where necessities are cheap and where dear, market by market."""

import holoviews as hv
import pandas as pd

from data import figure
from layers import Frame, Layer
from layers._spots import fresh, spots, tips
from layers._within import within

SAME = 3.0  # per cent around the city's median that are no difference
FEWEST = 5  # items of a market, from which on it is compared


class PriceDots(Layer):
    """A triangle up where it is dearer than the city's median, down where cheaper, else a disc.

    Only the district of a market is known: the marks stand around its middle.
    """

    title = "Prices at markets"
    subject = "Economy"
    on = {"city": 75}
    hidden = ("city",)

    prices = Frame("prices", doc="Prices by item and market.")
    districts = Frame("districts", doc="Where each district is.")

    def draw(self) -> hv.Overlay:
        """Discs, then triangles down and up."""
        rows = within(self.compared(), self.districts)
        words = [
            self.say("{n}% of the city's median", n=figure(100 + apart)) for apart in rows["apart"]
        ]
        items = [self.say("{n} items", n=n) for n in rows["items"]]
        rows = rows.assign(
            marker=[
                "triangle" if apart > SAME else "inverted_triangle" if apart < -SAME else "circle"
                for apart in rows["apart"]
            ],
            tip=tips(rows["market"], words, items),
        )
        return spots(self, rows, scale=1.7, markers=("circle", "inverted_triangle", "triangle"))

    def compared(self) -> pd.DataFrame:
        """market, gu_code, apart (per cent dearer than the city, median of its items), items,
        observed_at. Of each item and unit the newest price; a market of too few is left out."""
        told = fresh(self, "prices")
        names = ["market", "gu_code", "apart", "items", "observed_at"]
        if told is None or told.empty:
            return pd.DataFrame(columns=names)
        told = told.dropna(subset=["price"]).sort_values("observed_at", ascending=False)
        told = told.drop_duplicates(["market", "item", "unit"])
        usual = told.groupby(["item", "unit"])["price"].transform("median")
        rows = told.assign(apart=(told["price"] / usual - 1) * 100)
        rows = rows.groupby(["market", "gu_code"], as_index=False).agg(
            apart=("apart", "median"), items=("item", "size"), observed_at=("observed_at", "max")
        )
        return rows[rows["items"] >= FEWEST].reset_index(drop=True)[names]

    def legend(self) -> list[tuple[str, str]]:
        """Dearer, about the same, cheaper."""
        marks = (("triangle", "Dearer"), ("circle", "About the same"),
                 ("inverted_triangle", "Cheaper"))  # fmt: skip
        return [(mark, self.say(word)) for mark, word in marks]
