"""DSSP-IF-00247: disaster messages of a day, to Seoul as its weather makes them, and elsewhere."""

import json
from datetime import datetime, timedelta

from data._city import ZONE
from data.sim._chance import chance, pick
from data.sim._service import KEY, Reply, Service
from data.sim._tables import metres, points, table
from data.sim._warnings import AREAS, NAMES, RAIN, Warnings, slot

ELSEWHERE = (
    "경기도 수원시 ", "충청남도 당진시 석문면 ", "경상남도 거제시 ", "강원도 강릉시 ",
    "부산광역시 해운대구 ", "전라남도 여수시 ",
)  # fmt: skip
USUAL = (
    "안개로 가시거리가 짧으니 안전운전하시기 바랍니다.",
    "도로 공사로 정체 중이니 우회하시기 바랍니다.",
)
ADVICE = {
    "호우": "하천변 산책로, 지하차도 출입을 금지하고 저지대는 침수에 대비하시기 바랍니다.",
    "대설": "대중교통을 이용하고 내 집 앞 눈을 치워 주시기 바랍니다.",
    "폭염": "야외활동을 자제하고 충분한 물을 드시기 바랍니다.",
}
FIRST = datetime(2022, 1, 1, tzinfo=ZONE)


class DisasterMessages(Service):
    """SN a number, the region with a blank behind it, errors in a body of null."""

    route = "/www.safetydata.go.kr/V2/api/DSSP-IF-00247"

    def answer(self, request):
        """The messages since the day asked for, the oldest first."""
        asked = request.query
        if asked.get("serviceKey") != KEY:
            return self.refusal("key")
        try:
            day = datetime.strptime(asked.get("crtDt", ""), "%Y%m%d").replace(tzinfo=ZONE)
            page, most = int(asked.get("pageNo", 1)), int(asked.get("numOfRows", 10))
        except ValueError:
            return _reply("10", "INVALID REQUEST PARAMETER ERROR", None)
        until = min(day + timedelta(days=1), request.now)
        rows = [r for r in self._day(day, until) if asked.get("rgnNm", "") in r["RCPTN_RGN_NM"]]
        if not rows:
            return _reply("03", "NODATA ERROR", None)
        shown = rows[(page - 1) * most : page * most]
        paging = {"numOfRows": most, "pageNo": page, "totalCount": len(rows)}
        return _reply("00", "NORMAL SERVICE", shown, paging)

    def refusal(self, why):
        """In JSON, HTTP 200."""
        said = {"key": ("30", "SERVICE KEY IS NOT REGISTERED ERROR"), "quota": ("22", "LIMITED")}
        return _reply(*said[why], None)

    def _day(self, day: datetime, until: datetime) -> list[dict]:
        said = [*self._warned(day, until), *self._flooded(day, until), *self._usual(day)]
        days = (day - FIRST).days
        told = sorted(message for message in said if message[0] < until)
        return [_row(days * 200 + n, *message) for n, message in enumerate(told)]

    def _warned(self, day, until):
        """A word of the weather service to each area goes out three minutes later."""
        last = slot(until)
        for area, (name, _) in AREAS.items():
            for word in self.world.part(Warnings).words(area, last):
                if not (word.level and day <= word.at):
                    continue
                kind, level = NAMES[word.kind], ("주의보", "경보")[word.level - 1]
                step = "긴급재난" if (word.kind, word.level) == (RAIN, 2) else "안전안내"
                text = f"{word.at:%H:%M} {name} {kind}{level} 발효. {ADVICE[kind]}[서울특별시]"
                sent = word.at + timedelta(minutes=3, seconds=int(area[-3]) * 7)
                yield sent, step, kind, text, "서울특별시 "

    def _flooded(self, day, until):
        """A road closed for water is told to the telephones of its district."""
        seen = set()
        for n in range(48):  # a flood lasts longer than half an hour
            for trouble in self.world.troubles.at(min(day + timedelta(minutes=30 * n), until)):
                if trouble.detail != "09B16" or trouble.number in seen or trouble.starts < day:
                    continue
                seen.add(trouble.number)
                gu = _district(*trouble.link.middle)
                text = f"{trouble.link.road} 도로침수. 우회하시기 바랍니다.[서울특별시]"
                yield (
                    trouble.starts + timedelta(minutes=6),
                    "안전안내",
                    "호우",
                    text,
                    f"서울특별시 {gu} ",
                )

    def _usual(self, day):
        """A few to other provinces by day, as every day."""
        for n in range(14):
            key = (self.world.seed, "elsewhere", day.date(), n)
            sent = day + timedelta(seconds=round(7 * 3600 + chance(*key) * 14 * 3600))
            yield (
                sent,
                "안전안내",
                "기타",
                pick(USUAL, *key, "what"),
                pick(ELSEWHERE, *key, "where"),
            )


def _district(lon: float, lat: float) -> str:
    """The name of the district whose middle is nearest."""
    here = metres(lon, lat)
    gaps = ((points("districts") - here) ** 2).sum(axis=1)
    return table("districts")[int(gaps.argmin())]["name_ko"]


def _row(number: int, sent: datetime, step: str, kind: str, text: str, region: str) -> dict:
    later = sent + timedelta(seconds=55)
    return {
        "MSG_CN": text,
        "RCPTN_RGN_NM": region,
        "CRT_DT": f"{sent:%Y/%m/%d %H:%M:%S}",
        "REG_YMD": f"{later:%Y/%m/%d %H:%M:%S}.000000000",
        "EMRG_STEP_NM": step,
        "SN": 100_000 + number,
        "DST_SE_NM": kind,
        "MDFCN_YMD": f"{later:%Y/%m/%d %H:%M:%S}.000000000",
    }


def _reply(code: str, message: str, body: list | None, paging: dict | None = None) -> Reply:
    header = {"resultMsg": message, "resultCode": code, "errorMsg": None}
    told = {"header": header, **(paging or {}), "body": body}
    return Reply(json.dumps(told, ensure_ascii=False).encode())
