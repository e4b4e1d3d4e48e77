"""getEmrrmRltmUsefulSckbdInfoInqire: free beds, fewer in the evening, with flu and in a flood.

The shape is from memory: no answer of the service is recorded.
"""

from datetime import timedelta
from xml.sax.saxutils import escape

from data.sim._calendar import Curve, hours
from data.sim._chance import among, drift
from data.sim._data_go import denied
from data.sim._service import KEY, Reply, Service
from data.sim._tables import table

PROLOG = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
FULL = Curve(
    ".7 .65 .6 .55 .5 .5 .5 .55 .6 .7 .8 .85 .85 .85 .85 .85 .85 .9 .95 1 1 .95 .9 .8",
    ".8 .75 .7 .65 .6 .6 .6 .65 .75 .85 .95 1 1 1 1 1 1 1 1.05 1.05 1.05 1 .95 .85",
)
OTHER = "서울예시종합병원"  # one that our table does not know


class EmergencyRooms(Service):
    """Every hospital reports at a minute of its own; some have more patients than beds."""

    route = "/apis.data.go.kr/B552657/ErmctInfoInqireService/getEmrrmRltmUsefulSckbdInfoInqire"

    def answer(self, request):
        """Seoul in XML; no items for another province."""
        if request.query.get("serviceKey") != KEY:
            return self.refusal("key")
        names = [row["name_ko"] for row in table("hospitals")] + [OTHER]
        if request.query.get("STAGE1") != "서울특별시":
            names = []
        items = "".join(self._item(n, name, request.now) for n, name in enumerate(names))
        head = "<header><resultCode>00</resultCode><resultMsg>NORMAL SERVICE.</resultMsg></header>"
        paging = (
            f"<numOfRows>100</numOfRows><pageNo>1</pageNo><totalCount>{len(names)}</totalCount>"
        )
        body = f"<body><items>{items}</items>{paging}</body>"
        return Reply(f"{PROLOG}<response>{head}{body}</response>".encode(), "application/xml")

    def refusal(self, why):
        """The gateway's."""
        return denied(why)

    def _item(self, n, name, now) -> str:
        seed = self.world.seed
        told = now - timedelta(minutes=1 + n * 7 % 11, seconds=n * 13 % 60)
        beds = round(among(16, 44, seed, "beds", name))
        wander = 0.18 * drift(hours(told), 2.5, seed, "full", name)
        cold = 0.08 * (told.month in (12, 1, 2))
        wet = min(self.world.weather.fallen(told, 3) / 900, 0.15)
        taken = beds * (FULL(told) * among(0.55, 0.95, seed, "usual", name) + wander + cold + wet)
        rooms, ward = among(2, 14, seed, "rooms", name), among(20, 120, seed, "ward", name)
        fields = {
            "rnum": n + 1,
            "hpid": f"A11{n:05}",
            "dutyName": name,
            "hvidate": f"{told:%Y%m%d%H%M%S}",
            "hvec": round(beds - taken),
            "hvoc": round(rooms * (1.1 - FULL(told) * 0.7)),
            "hvgc": round(ward * (1.05 + 0.3 * drift(hours(told), 9, seed, "ward", name)) / 2),
        }
        inside = "".join(f"<{k}>{escape(str(v))}</{k}>" for k, v in fields.items())
        return f"<item>{inside}</item>"
