"""getPwnCd: what was said of weather warnings in one area in the last two days."""

from data.sim._data_go import denied, replied
from data.sim._service import KEY, Service
from data.sim._warnings import AREAS, Warnings, slot


class PwnCd(Service):
    """Numbers for codes, a string for tmFc, "" for items when there are none."""

    route = "/apis.data.go.kr/1360000/WthrWrnInfoService/getPwnCd"

    def answer(self, request):
        """Issued, raised, lowered and lifted ones, the newest first."""
        if request.query.get("serviceKey") != KEY:
            return self.refusal("key")
        area = request.query.get("areaCode", "")
        if area not in AREAS:
            return replied("03", "NO_DATA")
        words = self.world.part(Warnings).words(area, slot(request.now))
        items = [_item(word, n) for n, word in enumerate(words, 1)][::-1]
        body = {
            "dataType": "JSON", "items": {"item": items} if items else "", "pageNo": 1,
            "numOfRows": 100, "totalCount": len(items),
        }  # fmt: skip
        return replied("00", "NORMAL_SERVICE", body)

    def refusal(self, why):
        """In XML, whatever was asked."""
        return denied(why)


def _item(word, number: int) -> dict:
    return {
        "warnVar": word.kind,
        "warnStress": max(word.level - 1, 0),
        "command": 1 if word.level else 2,
        "cancel": 0,
        "tmFc": f"{word.at:%Y%m%d%H%M}",
        "tmSeq": number,
        "areaCode": word.area,
        "areaName": AREAS[word.area][0],
        "startTime": f"{word.at:%Y%m%d%H%M}",
        "endTime": "",
    }
