"""How is each of the 25 districts?"""

from apps._format import shown
from apps.cards import Card
from data import About
from layers import LEVELS, Frame


class DistrictMatrix(Card):
    """A row per district: people, change, air, fine dust, public bikes."""

    title = "The 25 districts"
    on = {"wall": 12, "mobile": 15}

    districts = Frame("districts", doc="The 25 districts, in their order.")
    people = Frame("district_people", doc="People by district.")
    air = Frame("air_quality", doc="The station of each district, by the district's name.")
    bikes = Frame("bike_districts", doc="Public bikes by district.")

    def facts(self) -> dict:
        """rows: name, people, change, level 0 to 4, index, pm25, bikes; None where unknown;
        suspect: which of the air's numbers are doubted."""
        abouts = {name: self.about(name) for name in ("people", "air", "bikes")}
        people, bikes = (self._by_code(name, abouts[name]) for name in ("people", "bikes"))
        air = self._air()
        rows = []
        for row in () if self.districts is None else self.districts.itertuples():
            here, there = people.get(row.gu_code, {}), air.get(row.name_ko, {})
            rows.append(
                {
                    "name": row.name_ko if self.language == "ko" else row.name_en[:-3],
                    "people": here.get("population"),
                    "change": here.get("last_week_change"),
                    "level": LEVELS.get(there.get("grade"), 0),
                    "index": there.get("index"),
                    "pm25": there.get("pm25"),
                    "suspect": there.get("suspect", ""),
                    "bikes": bikes.get(row.gu_code, {}).get("bikes"),
                }
            )
        return {"rows": rows, "abouts": abouts}

    def _by_code(self, name: str, about: About) -> dict[str, dict]:
        frame = getattr(self, name)
        there = frame is not None and len(frame) and shown(about)
        return frame.set_index("gu_code").to_dict("index") if there else {}

    def _air(self) -> dict[str, dict]:
        """Stations by name; each by its own age, for one may fall silent alone."""
        if self.air is None or self.air.empty:
            return {}
        rows = self.air.set_index("station").to_dict("index").items()
        return {n: row for n, row in rows if shown(self.about("air", row["observed_at"]))}
