"""getVilageFcst: the hours of the next days, made every three hours, ready ten minutes later."""

import math
from datetime import datetime, timedelta

from data._city import ZONE
from data.sim._calendar import hours
from data.sim._chance import drift
from data.sim._data_go import denied, replied
from data.sim._service import KEY, Service

READY, KEPT = timedelta(minutes=10), timedelta(days=1)
AHEAD = 67  # hours
MADE = range(2, 24, 3)  # o'clock


class VillageForecast(Service):
    """The weather over City Hall, whatever point of the grid is asked for, not quite as it comes:
    the further ahead, the further off.
    """

    route = "/apis.data.go.kr/1360000/VilageFcstInfoService_2.0/getVilageFcst"

    def answer(self, request):
        """Twelve categories an hour, values as strings; no data for a forecast not made."""
        asked = request.query
        if asked.get("serviceKey") != KEY:
            return self.refusal("key")
        if not {"base_date", "base_time", "nx", "ny"} <= asked.keys():
            return replied("11", "NO_MANDATORY_REQUEST_PARAMETERS_ERROR")
        try:
            made = datetime.strptime(asked["base_date"] + asked["base_time"], "%Y%m%d%H%M")
            where = {"nx": int(asked["nx"]), "ny": int(asked["ny"])}
            page, most = int(asked.get("pageNo", 1)), int(asked.get("numOfRows", 10))
        except ValueError:
            return replied("10", "INVALID_REQUEST_PARAMETER_ERROR")
        made = made.replace(tzinfo=ZONE)
        ready = made + READY <= request.now < made + KEPT
        if not ready or made.minute or made.hour not in MADE:
            return replied("03", "NO_DATA")
        items = [
            {
                "baseDate": f"{made:%Y%m%d}", "baseTime": f"{made:%H%M}", "category": name,
                "fcstDate": f"{hour:%Y%m%d}", "fcstTime": f"{hour:%H%M}", "fcstValue": value,
            } | where
            for hour in (made + timedelta(hours=n) for n in range(1, AHEAD + 1))
            for name, value in self._values(made, hour).items()
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

    def _values(self, made, hour) -> dict[str, str]:
        ahead = (hour - made).total_seconds() / 3600
        off = min(ahead / 24, 1) * drift(hours(hour), 9, self.world.seed, "off", made.isoformat())
        sky = self.world.weather.at(hour)
        fell = self.world.weather.fallen(hour) * (1 + 0.6 * off)
        wet = fell >= 0.1
        kind = 0 if not wet else 3 if sky.snow else 1
        angle = math.radians(sky.direction)
        return {
            "TMP": str(round(sky.temperature + 2 * off)),
            "UUU": f"{-sky.wind * math.sin(angle):.1f}",
            "VVV": f"{-sky.wind * math.cos(angle):.1f}",
            "VEC": str(round(sky.direction)),
            "WSD": f"{sky.wind:.1f}",
            "SKY": "4" if wet else "3" if sky.humidity > 70 else "1",
            "PTY": str(kind),
            "POP": str(60 + 10 * min(int(fell / 3), 3) if wet else 10 * int(sky.humidity / 30)),
            "WAV": "0",
            "PCP": _amount(0 if sky.snow else fell),
            "REH": str(5 * round(sky.humidity / 5)),
            "SNO": f"{fell:.1f}cm" if sky.snow and wet else "적설없음",
        }


def _amount(fell: float) -> str:
    """As the service writes mm."""
    if fell < 0.1:
        return "강수없음"
    if fell < 1:
        return "1mm 미만"
    if fell < 30:
        return f"{fell:.1f}mm"
    return "30.0~50.0mm" if fell < 50 else "50.0mm 이상"
