"""B553766/wksn: what Seoul Metro tells of its lifts, escalators and wheelchair lifts."""

from data.sim._data_go import denied, replied
from data.sim._lifts import Lifts
from data.sim._service import KEY, Service

KINDS = {
    "getWksnElvtr": ("lift", "엘리베이터", 1310000),
    "getWksnEsctr": ("escalator", "에스컬레이터", 1486000),
    "getWksnWhcllift": ("chair", "휠체어리프트", 1620000),
    "getWksnMvnwlk": ("walkway", "무빙워크", 1710000),
}
SIDES = ("내부", "외부")


class Facilities(Service):
    """A page of one kind; items is "" when there are none."""

    route = "/apis.data.go.kr/B553766/wksn/{operation:getWksn(Elvtr|Esctr|Whcllift|Mvnwlk)}"

    def answer(self, request):
        """stnNm is looked for inside the names of stations."""
        asked = request.query
        if asked.get("serviceKey") != KEY:
            return self.refusal("key")
        kind, word, first = KINDS[request.parts["operation"]]
        page, most = int(asked.get("pageNo", 1)), int(asked.get("numOfRows", 10))
        lifts = self.world.part(Lifts)
        found = [s for s in lifts.lifts[kind] if asked.get("stnNm", "") in s.station]
        shown = [
            self._item(lift, word, first, lifts.state(lift, request.now))
            for lift in found[(page - 1) * most : page * most]
        ]
        body = {
            "items": {"item": shown} if shown else "", "pageNo": page, "numOfRows": most,
            "totalCount": len(found),
        }  # fmt: skip
        return replied("00", "NORMAL_CODE", body)

    def refusal(self, why):
        """In XML, whatever was asked."""
        return denied(why)

    def _item(self, lift, word, first, state) -> dict:
        side = SIDES[lift.flood]
        place = f"{lift.number}번 출입구" if lift.flood else f"대합실 {lift.number}"
        item = {
            "fcltNo": str(first + lift.index),
            "fcltNm": f"승강기){word}-{lift.station} {side} {lift.number}호기",
            "lineNm": lift.line,
            "stnCd": lift.station_code,
            "stnNm": lift.station,
            "crtrYmd": "20210527",
            "mngNo": str(lift.number),
            "vcntEntrcNo": str(lift.number) if lift.flood else "내부",
            "bgngFlr": "B2",
            "endFlr": "1" if lift.flood else "B1",
            "oprtngSitu": state,
        }
        if lift.kind == "lift":
            return item | {"dtlPstn": place}
        return item | {"bgngFlrDtlPstn": place, "endFlrDtlPstn": place}
