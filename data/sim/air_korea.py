"""getCtprvnRltmMesureDnsty: the same air as the city's own service, and the roadside stations."""

from datetime import timedelta

from data.sim._chance import chance
from data.sim._data_go import denied, replied
from data.sim._service import KEY, Service
from data.sim._tables import table

LATE = timedelta(minutes=15)
FIELDS = {"pm10": "PM10", "pm25": "PM2.5", "o3": "O3", "no2": "NO2", "co": "CO", "so2": "SO2"}
GRADES = ("좋음", "보통", "나쁨", "매우나쁨")
BESIDE = {"PM10": 1.1, "PM2.5": 1.1, "O3": 0.8, "NO2": 1.5, "CO": 1.2, "SO2": 1.0}  # a road


class AirKorea(Service):
    """Strings, "-" with a flag for what was not measured, midnight as 24:00 of the day before."""

    route = "/apis.data.go.kr/B552584/ArpltnInforInqireSvc/getCtprvnRltmMesureDnsty"

    def answer(self, request):
        """Seoul; nothing for another province."""
        if request.query.get("serviceKey") != KEY:
            return self.refusal("key")
        hour = (request.now - LATE).replace(minute=0, second=0, microsecond=0)
        rows = self._rows(hour) if request.query.get("sidoName") == "서울" else []
        body = {"totalCount": len(rows), "items": rows, "pageNo": 1, "numOfRows": 100}
        return replied("00", "NORMAL_CODE", body)

    def refusal(self, why):
        """In XML, whatever was asked."""
        return denied(why)

    def _rows(self, hour) -> list[dict]:
        air = {breath.station: breath for breath in self.world.air.at(hour)}
        names = {row["gu_code"]: row["name_ko"] for row in table("districts")}
        stations = table("air_stations")
        return [self._row(s, air[names[s["gu_code"]]], hour) for s in stations]

    def _row(self, station, breath, hour) -> dict:
        midnight = hour - timedelta(days=1) if hour.hour == 0 else None
        cut = chance(self.world.seed, "line", station["name_ko"], hour) < 0.01
        told = {
            "stationName": station["name_ko"],
            "mangName": station["type_ko"],
            "dataTime": f"{midnight:%Y-%m-%d} 24:00" if midnight else f"{hour:%Y-%m-%d %H:%M}",
        }
        beside = station["type"] == "roadside"
        for name, theirs in FIELDS.items():
            digits = {"pm10": 0, "pm25": 0, "co": 1}.get(name, 3)
            amount = breath.amounts.get(theirs)
            silent = cut or amount is None
            amount = (amount or 0) * (BESIDE[theirs] if beside else 1)
            told[f"{name}Value"] = "-" if silent else f"{amount:.{digits}f}"
            told[f"{name}Flag"] = ("통신장애" if cut else "점검및교정") if silent else None
        known = not cut and breath.grade
        told["khaiValue"] = f"{breath.index:.0f}" if known else "-"
        told["khaiGrade"] = str(GRADES.index(breath.grade) + 1) if known else None
        return told
