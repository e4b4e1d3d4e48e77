"""citydata: everything about one of 121 busy places in one answer, block by block."""

import json
from datetime import datetime, timedelta

from data.sim._around import Around
from data.sim._blocks import Blocks
from data.sim._chance import chance
from data.sim._hotspots import Hotspots
from data.sim._local_weather import LocalWeather
from data.sim._open_data import MESSAGES, Table
from data.sim._service import SAMPLE, Reply

SAMPLED = "광화문·덕수궁"  # what the sample key is told, whatever it asks about
CROWD = {
    "여유": "사람이 몰려있을 가능성이 낮고 붐빔은 거의 느껴지지 않아요. 도보 이동이 자유로워요.",
    "보통": "사람이 몰려있을 수 있지만 크게 붐비지는 않아요. 도보 이동에 큰 제약이 없어요.",
    "약간 붐빔": "사람들이 몰려있을 가능성이 있고 붐빈다고 느낄 수 있어요.",
    "붐빔": "사람들이 몰려있을 가능성이 매우 크고 많이 붐빈다고 느낄 수 있어요.",
}


class CityData(Table):
    """One place, by its name or code; HTTP 500 for one that nobody knows."""

    name = "citydata"
    types = ("json",)
    needs = 1

    def answer(self, request):
        """Blocks agree with the dongs, roads, bikes and the weather of the practice city."""
        if self._wrong(request.parts) or not request.parts["args"].strip("/"):
            return super().answer(request)
        wanted = request.parts["args"].strip("/").split("/")[0]
        hotspots = self.world.part(Hotspots)
        if request.parts["key"] == SAMPLE:
            wanted = SAMPLED
        n = hotspots.names.get(wanted, hotspots.codes.get(wanted))
        if n is None:
            told = {"RESULT.CODE": "ERROR-500", "RESULT.MESSAGE": MESSAGES["ERROR-500"]}
            return Reply(json.dumps(told, ensure_ascii=False).encode(), status=500)
        result = {"RESULT.CODE": "INFO-000", "RESULT.MESSAGE": "정상 처리되었습니다."}
        body = {"list_total_count": 1, "RESULT": result, "CITYDATA": self._city(n, request.now)}
        return Reply(json.dumps(body, ensure_ascii=False).encode())

    def rows(self, args, request):
        """What is wrong with a request is told before rows are."""
        return []

    def _city(self, n: int, now: datetime) -> dict:
        hotspots, around = self.world.part(Hotspots), self.world.part(Around)
        blocks, row = self.world.part(Blocks), hotspots.rows[n]
        minute = now.replace(second=0, microsecond=0)
        roads = minute - timedelta(minutes=minute.minute % 5)
        people = self._people(n, now)
        return {
            "AREA_NM": row["name_ko"],
            "AREA_CD": row["area_cd"],
            "LIVE_PPLTN_STTS": [people],
            "ROAD_TRAFFIC_STTS": around.roads(n, roads),
            "PRK_STTS": around.parking(n, now, 0.8 * hotspots.full(n, now)),
            "SUB_STTS": blocks.stations(n, minute),
            "LIVE_SUB_PPLTN": blocks.riders(n, now, "SUB"),
            "BUS_STN_STTS": blocks.stops(n),
            "LIVE_BUS_PPLTN": blocks.riders(n, now, "BUS"),
            "ACDNT_CNTRL_STTS": blocks.troubles(n, minute),
            "SBIKE_STTS": around.bikes(n, minute),
            "WEATHER_STTS": [self.world.part(LocalWeather).weather(n, minute)],
            "CHARGER_STTS": around.chargers(n, minute),
            "EVENT_STTS": around.events(n, minute),
            "LIVE_CMRCL_STTS": blocks.sales(n, minute),
            "LIVE_DST_MESSAGE": [],
            "LIVE_YNA_NEWS": [],
        }

    def _people(self, n: int, now: datetime) -> dict:
        hotspots, blocks = self.world.part(Hotspots), self.world.part(Blocks)
        row, then = hotspots.rows[n], hotspots.newest(now)
        level, least, most = hotspots.told(n, then)
        hours = [then.replace(minute=0) + timedelta(hours=k + 1) for k in range(12)]
        filled_in = chance(self.world.seed, "filled in", n, then.date(), then.hour) < 0.02
        forecast = []
        for hour in hours:
            then_level, then_least, then_most = hotspots.told(n, hour)
            forecast.append(
                {"FCST_TIME": f"{hour:%Y-%m-%d %H:%M}", "FCST_CONGEST_LVL": then_level,
                 "FCST_PPLTN_MIN": str(then_least), "FCST_PPLTN_MAX": str(then_most)}
            )  # fmt: skip
        return {
            "AREA_NM": row["name_ko"],
            "AREA_CD": row["area_cd"],
            "AREA_CONGEST_LVL": level,
            "AREA_CONGEST_MSG": CROWD[level],
            "AREA_PPLTN_MIN": str(least),
            "AREA_PPLTN_MAX": str(most),
            **blocks.kinds(n, then),
            "REPLACE_YN": "Y" if filled_in else "N",
            "PPLTN_TIME": f"{then:%Y-%m-%d %H:%M}",
            "FCST_YN": "Y",
            "FCST_PPLTN": forecast,
        }
