"""Where are the most people, and where the fewest?"""

from apps._format import shown
from apps.cards import Card
from layers import Frame

ENDS = 5


class DistrictRank(Card):
    """The five districts with the most people and the five with the fewest."""

    title = "People in the districts"
    on = {"wall": 4, "mobile": 13}

    districts = Frame("district_people", doc="People by district and change from a week ago.")

    def facts(self) -> dict:
        """most and fewest: rows of name, people, share of the largest, change."""
        about = self.about("districts")
        rows = [] if self.districts is None or not shown(about) else self._rows()
        return {"about": about, "most": rows[:ENDS], "fewest": rows[::-1][:ENDS]}

    def _rows(self) -> list[dict]:
        table = self.districts.dropna(subset=["population"])
        table = table.sort_values("population", ascending=False)
        name = "name_ko" if self.language == "ko" else "name_en"
        return [
            {
                "name": getattr(row, name).removesuffix("-gu"),
                "people": row.population,
                "share": row.population / table["population"].iloc[0],
                "change": row.last_week_change,
            }
            for row in table.itertuples()
        ]
