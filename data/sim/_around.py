"""What stands around the busy places: roads, stations, bikes, car parks, chargers, what is on."""

from datetime import datetime, timedelta
from functools import lru_cache

import numpy as np

from data._city import ZONE
from data.sim._chance import among, chance, pick
from data.sim._tables import metres, points, table

REACH = 800  # metres
FLOWING = ((15, "정체"), (25, "서행"), (np.inf, "원활"))
MESSAGES = {
    "원활": "해당 장소로 이동·진입시 크게 막히지 않아요.",
    "서행": "해당 장소로 이동·진입시 시간이 다소 소요될 수 있어요.",
    "정체": "해당 장소로 이동·진입시 시간이 오래 걸릴 수 있어요.",
}
STATES = ("사용가능", "사용가능", "충전중", "충전중", "사용가능", "점검중", "상태미확인")
SHOWN = ("기획 전시", "사진전", "거리 공연", "어린이 체험 교실", "작은 음악회")
SPOTS = ("공영주차장", "주민센터", "지하주차장", "빌딩")
CULTURE = "https://culture.seoul.go.kr/culture/culture/cultureEvent/view.do?cultcode="


class Around:
    """By place, in the order of the table of hotspots."""

    def __init__(self, world):
        self.world, self.rows = world, table("hotspots")
        self._here = points("hotspots")
        self._links = list(world.roads.links.values())
        self._middles = metres(*zip(*(link.middle for link in self._links), strict=True))
        self._stands = metres(*zip(*((s.lon, s.lat) for s in world.bikes.stands), strict=True))
        districts = table("districts")
        self._districts = {row["gu_code"]: row["name_ko"] for row in districts}
        self.stations = lru_cache(maxsize=256)(self._stations)

    def district(self, n: int) -> str:
        """The district of a place, that of 과천 for the park outside the city."""
        return self._districts.get(self.rows[n]["gu_code"], "과천시")

    def nearest(self, n: int, others: np.ndarray, most: int, reach: float = REACH) -> list[int]:
        """Which of the others are within reach of a place, the nearest first."""
        gaps = np.hypot(*(others - self._here[n]).T)
        return [int(k) for k in gaps.argsort(kind="stable")[:most] if gaps[k] < reach]

    def _stations(self, n: int) -> list[dict]:
        rows = table("stations")
        return [rows[k] for k in self.nearest(n, points("stations"), 4)]

    def roads(self, n: int, t: datetime) -> dict | list:
        """ROAD_TRAFFIC_STTS: links near, and all of them together; [] where none is near."""
        links = [self._links[k] for k in self.nearest(n, self._middles, 24, 1_500)]
        if not links:
            return []
        speeds = [self.world.roads.speed(link, t) for link in links]
        mean = round(sum(speeds) / len(speeds))
        level = _flow(mean)
        average = {
            "ROAD_MSG": MESSAGES[level], "ROAD_TRAFFIC_IDX": level, "ROAD_TRAFFIC_SPD": mean,
            "ROAD_TRAFFIC_TIME": f"{t:%Y-%m-%d %H:%M}",
        }  # fmt: skip
        told = [_link(link, v) for link, v in zip(links, speeds, strict=True)]
        return {"AVG_ROAD_DATA": average, "ROAD_TRAFFIC_STTS": told}

    def bikes(self, n: int, t: datetime) -> list[dict]:
        """SBIKE_STTS: places are numbers, the rest is text."""
        here, stands = self.world.bikes.at(t), self.world.bikes.stands
        found = []
        for k in self.nearest(n, self._stands, 12):
            stand, bikes = stands[k], int(here[k])
            found.append(
                {"SBIKE_SPOT_NM": stand.name, "SBIKE_SPOT_ID": stand.station_id,
                 "SBIKE_SHARED": str(round(100 * bikes / stand.racks)),
                 "SBIKE_PARKING_CNT": str(bikes), "SBIKE_RACK_CNT": str(stand.racks),
                 "SBIKE_X": stand.lon, "SBIKE_Y": stand.lat}
            )  # fmt: skip
        return found

    def parking(self, n: int, t: datetime, full: float) -> list[dict]:
        """PRK_STTS: some twice, once with fares and once with a count; ``full`` is 0 to 1."""
        found = []
        for k in range(1 + int(4 * chance(self.world.seed, "parks", n))):
            key = self.world.seed, "park", n, k
            space, live = int(among(12, 420, *key, "space")), chance(*key, "live") < 0.5
            lon, lat = self._near(n, *key)
            row = {
                "PRK_NM": f"{self.rows[n]['name_ko']} {SPOTS[k % len(SPOTS)]}",
                "PRK_CD": str(170_000 + 40 * n + k), "PRK_TYPE": "NW" if live else "BS",
                "CPCTY": str(space), "CUR_PRK_CNT": "", "CUR_PRK_TIME": "", "CUR_PRK_YN": "N",
                "PAY_YN": "Y", "RATES": "430", "TIME_RATES": "5", "ADD_RATES": "430",
                "ADD_TIME_RATES": "5", "ROAD_ADDR": "",
                "ADDRESS": f"{self.district(n)} {100 + 7 * k}", "LNG": f"{lon}", "LAT": f"{lat}",
            }  # fmt: skip
            found.append(row)
            if live:
                cars = round(space * min(full * among(0.7, 1.15, *key, t.hour), 1))
                told = t - timedelta(seconds=int(among(5, 170, *key, t.hour, t.minute)))
                found.append(
                    row | {"CUR_PRK_CNT": str(cars), "CUR_PRK_YN": "Y", "TIME_RATES": None,
                           "CUR_PRK_TIME": f"{told:%Y-%m-%d %H:%M:%S}", "ADD_TIME_RATES": None}
                )  # fmt: skip
        return found

    def chargers(self, n: int, t: datetime) -> list[dict]:
        """CHARGER_STTS: what a charger is doing changes by the hour."""
        found = []
        for k in range(1 + int(4 * chance(self.world.seed, "charging", n))):
            key = self.world.seed, "charger", n, k
            lon, lat = self._near(n, *key)
            found.append(
                {"STAT_NM": f"{self.rows[n]['name_ko']} {SPOTS[k % len(SPOTS)]}",
                 "STAT_ID": f"SG{n:03d}{k:03d}",
                 "STAT_ADDR": f"서울특별시 {self.district(n)} {10 + 3 * k}",
                 "STAT_X": f"{lon}", "STAT_Y": f"{lat}", "STAT_USETIME": "24시간 이용가능",
                 "STAT_PARKPAY": "Y", "STAT_LIMITYN": "N", "STAT_LIMITDETAIL": "",
                 "STAT_KINDDETAIL": "공영주차장",
                 "CHARGER_DETAILS": [self._charger(t, *key, m) for m in range(1 + k % 3)]}
            )  # fmt: skip
        return found

    def _charger(self, t: datetime, *key) -> dict:
        state = pick(STATES, *key, t.date(), t.hour)
        since = t.replace(minute=0) - timedelta(minutes=int(among(0, 600, *key, t.date(), t.hour)))
        known = state != "상태미확인"
        fast = chance(*key, "fast") < 0.35
        return {
            "CHARGER_ID": f"{key[-1] + 1:02d}", "CHARGER_TYPE": "DC콤보" if fast else "AC완속",
            "CHARGER_STAT": state, "STATUPDDT": f"{since:%Y-%m-%d %H:%M}" if known else None,
            "LASTTSDT": None, "LASTTEDT": None,
            "NOWTSDT": f"{since:%Y-%m-%d %H:%M}" if state == "충전중" else None,
            "OUTPUT": "100" if fast else "7", "METHOD": "동시" if fast else "단독",
        }  # fmt: skip

    def events(self, n: int, t: datetime) -> list[dict]:
        """EVENT_STTS: what gathers people today nearby, and something small that runs for weeks."""
        day = t.astimezone(ZONE).date()
        found = []
        for gathering in self.world.gatherings.on(day):
            there = metres([gathering.lon], [gathering.lat])
            if self.nearest(n, there, 1, 1_200):
                place = (gathering.lon, gathering.lat)
                found.append(_event(gathering.name, day, 1, gathering.place, place, "Y", n))
        for k in range(int(3 * chance(self.world.seed, "shown", n))):
            key = self.world.seed, "shown", n, k
            first = day - timedelta(days=(day.toordinal() + int(40 * chance(*key))) % 40)
            name = f"{self.rows[n]['name_ko']} {pick(SHOWN, *key, first)}"
            where = f"{self.rows[n]['name_ko']}， {self.district(n)} 일대"
            fee = pick((None, "N", "Y"), *key, "fee")
            found.append(_event(name, first, 40, where, self._near(n, *key), fee, n))
        return found

    def _near(self, n: int, *key) -> tuple[float, float]:
        row = self.rows[n]
        east, north = (among(-0.004, 0.004, *key, axis) for axis in "xy")
        return round(float(row["lon"]) + east, 7), round(float(row["lat"]) + north, 7)


def _flow(speed: float) -> str:
    return next(word for limit, word in FLOWING if speed < limit)


def _link(link, speed: float) -> dict:
    ends = [f"{lon:.16f}_{lat:.16f}" for lon, lat in (link.places[0], link.places[-1])]
    return {
        "LINK_ID": link.link_id, "ROAD_NM": link.road, "START_ND_CD": f"{link.link_id[:8]}01",
        "START_ND_NM": f"{link.road} 시점", "START_ND_XY": ends[0],
        "END_ND_CD": f"{link.link_id[:8]}02", "END_ND_NM": f"{link.road} 종점",
        "END_ND_XY": ends[1], "DIST": f"{link.length:.1f}", "SPD": round(speed),
        "IDX": _flow(speed), "XYLIST": "|".join(ends[::-1]),
    }  # fmt: skip


def _event(name, first, days, where, place, fee, n) -> dict:
    last = first + timedelta(days=days - 1)
    return {
        "EVENT_NM": name, "EVENT_PERIOD": f"{first:%Y-%m-%d}~{last:%Y-%m-%d}",
        "EVENT_PLACE": where, "EVENT_X": place[0], "EVENT_Y": place[1], "PAY_YN": fee,
        "THUMBNAIL": "", "URL": f"{CULTURE}{150_000 + n}&menuNo=200009", "EVENT_ETC_DETAIL": None,
    }  # fmt: skip
