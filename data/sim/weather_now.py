"""getUltraSrtNcst: the weather of a full hour, ready ten minutes after it."""

import math
from datetime import datetime, timedelta

from data._city import ZONE
from data.sim._data_go import denied, replied
from data.sim._service import KEY, Service

READY = timedelta(minutes=10)
KEPT = timedelta(hours=24)


class UltraShortNowcast(Service):
    """The weather over City Hall, whatever point of the grid is asked for."""

    route = "/apis.data.go.kr/1360000/VilageFcstInfoService_2.0/getUltraSrtNcst"

    def answer(self, request):
        """Eight categories, values as strings; no data for hours not ready or over a day old."""
        asked = request.query
        if asked.get("serviceKey") != KEY:
            return self.refusal("key")
        if asked.get("dataType", "XML").upper() != "JSON":
            return replied("01", "APPLICATION_ERROR")
        if not {"base_date", "base_time", "nx", "ny"} <= asked.keys():
            return replied("11", "NO_MANDATORY_REQUEST_PARAMETERS_ERROR")
        try:
            hour = datetime.strptime(asked["base_date"] + asked["base_time"], "%Y%m%d%H%M")
            nx, ny = int(asked["nx"]), int(asked["ny"])
            page, most = int(asked.get("pageNo", 1)), int(asked.get("numOfRows", 10))
        except ValueError:
            return replied("10", "INVALID_REQUEST_PARAMETER_ERROR")
        hour = hour.replace(minute=0, tzinfo=ZONE)
        if not hour + READY <= request.now < hour + KEPT:
            return replied("03", "NO_DATA")
        items = [
            {
                "baseDate": f"{hour:%Y%m%d}", "baseTime": f"{hour:%H%M}", "category": name,
                "nx": nx, "ny": ny, "obsrValue": value,
            }
            for name, value in self._values(hour).items()
        ]  # fmt: skip
        shown = items[(page - 1) * most : page * most]
        body = {
            "dataType": "JSON", "items": {"item": shown}, "pageNo": page, "numOfRows": most,
            "totalCount": len(items),
        }  # fmt: skip
        return replied("00", "NORMAL_SERVICE", body)

    def refusal(self, why):
        """In XML, whatever was asked."""
        return denied(why)

    def _values(self, hour: datetime) -> dict[str, str]:
        sky = self.world.weather.at(hour)
        fell = round(self.world.weather.fallen(hour), 1)
        kind = (
            0 if fell < 0.05 and sky.rain < 0.05 else 3 if sky.snow else 1 if sky.rain >= 0.3 else 5
        )
        angle = math.radians(sky.direction)
        return {
            "PTY": str(kind),
            "REH": str(round(sky.humidity)),
            "RN1": f"{fell:g}",
            "T1H": f"{sky.temperature:g}",
            "UUU": f"{-sky.wind * math.sin(angle):.1f}",
            "VEC": str(round(sky.direction)),
            "VVV": f"{-sky.wind * math.cos(angle):.1f}",
            "WSD": f"{sky.wind:.1f}",
        }
