"""The smaller blocks of citydata: who is there, trains, stops, riders, what is paid."""

import math
from datetime import datetime, timedelta

import numpy as np

from data._city import ZONE
from data.sim._around import Around
from data.sim._calendar import Curve
from data.sim._chance import among, chance
from data.sim._hotspots import Hotspots
from data.sim._tables import metres

AGES = (2.5, 5.0, 20.5, 21.5, 17.5, 15.5, 11.0, 6.5)  # %, 0, 10 … 70
TRADES = (  # kind, trade, share of the payments, won a payment
    ("유통", "편의점", 0.26, 7_500), ("음식·음료", "한식", 0.24, 28_000),
    ("음식·음료", "제과·커피·패스트푸드", 0.30, 9_500),
    ("음식·음료", "일식·중식·양식", 0.10, 34_000),
    ("유통", "할인점·슈퍼마켓", 0.07, 24_000), ("의류·패션·잡화", "의복·의류", 0.03, 52_000),
)  # fmt: skip
PAID = Curve(
    ".10 .04 .02 .015 .015 .02 .06 .22 .40 .36 .42 .82 1.0 .86 .56 .50 .52 .66 .95 .98 .76 .54 "
    ".34 .20"
)
BUSY = ((0.25, "한산한"), (0.6, "보통"), (0.9, "분주한"), (math.inf, "바쁜"))
RIDES = Curve(
    ".05 .01 0 0 .01 .10 .35 .75 1.0 .55 .40 .42 .46 .44 .42 .46 .55 .80 1.0 .72 .50 .45 .36 .18"
)
RIDERS = {"SUB": (0.30, 4), "BUS": (0.10, 9)}  # of the people there in a rush hour; stops


class Blocks:
    """By place, in the order of the table of hotspots, at any time."""

    def __init__(self, world):
        self.world, self._seed = world, world.seed
        self._hotspots, self._around = world.part(Hotspots), world.part(Around)

    def kinds(self, n: int, t: datetime) -> dict[str, str]:
        """Shares of women and men, ages and residents, in per cent, as text."""
        men = among(44, 57, self._seed, "men", n)
        ages = np.array([a * among(0.6, 1.5, self._seed, "age", n, k) for k, a in enumerate(AGES)])
        ages = (1000 * ages / ages.sum()).round() / 10
        at_home = 1 if t.hour < 6 or t.hour > 21 else 0.45
        live = among(20, 70, self._seed, "live", n) * at_home
        return {
            "MALE_PPLTN_RATE": f"{men:.1f}", "FEMALE_PPLTN_RATE": f"{100 - men:.1f}",
            **{f"PPLTN_RATE_{10 * k}": f"{age:.1f}" for k, age in enumerate(ages)},
            "RESNT_PPLTN_RATE": f"{live:.1f}", "NON_RESNT_PPLTN_RATE": f"{100 - live:.1f}",
        }  # fmt: skip

    def stations(self, n: int, t: datetime) -> list[dict]:
        """SUB_STTS: the next two trains of each direction."""
        found = []
        for row in self._around.stations(n):
            name, line = row["name_ko"].removesuffix("역"), row["line_id"]
            stops = [s for s in self.world.trains.lines_at(name) if s[0].line == line]
            trains = [c for s in stops for c in self.world.trains.coming(*s, t, 2)]
            found.append(
                {"SUB_STN_NM": name, "SUB_STN_LINE": line, "SUB_STN_RADDR": "",
                 "SUB_STN_JIBUN": None, "SUB_STN_X": row["lon"], "SUB_STN_Y": row["lat"],
                 "SUB_DETAIL": [_train(train) for train in trains], "SUB_FACIINFO": []}
            )  # fmt: skip
        return found

    def stops(self, n: int) -> list[dict]:
        """BUS_STN_STTS: the numbers of stops have lost their leading zero."""
        row = self._hotspots.rows[n]
        return [
            {"BUS_RESULT_MSG": "정상 호출되었습니다.", "BUS_STN_ID": str(100_000_000 + 9 * n + k),
             "BUS_ARS_ID": str(1000 + 9 * n + k), "BUS_STN_NM": row["name_ko"],
             "BUS_STN_X": f"{float(row['lon']) + 0.001 * k:.10f}", "BUS_STN_Y": row["lat"]}
            for k in range(9)
        ]  # fmt: skip

    def riders(self, n: int, now: datetime, mode: str) -> dict | list:
        """LIVE_SUB_PPLTN, LIVE_BUS_PPLTN; [] where no station is near."""
        stations = len(self._around.stations(n))
        if mode == "SUB" and not stations:
            return []
        part, most = RIDERS[mode]
        people = float(self._hotspots.at(self._hotspots.newest(now))[n])
        hourly = part * people * RIDES(now)
        local = now.astimezone(ZONE)
        past = [RIDES(local.replace(hour=h, minute=30)) for h in range(local.hour)]
        day = part * people * sum(past) + hourly * local.minute / 60
        counted = {"ACML": day, "30WTHN": hourly / 2, "10WTHN": hourly / 6, "5WTHN": hourly / 12}
        told = {}
        for name, riders in counted.items():
            for way, lean in (("GTON", 1.05), ("GTOFF", 0.95)):
                least, most_of_them = _range(riders * lean)
                told[f"{mode}_{name}_{way}_PPLTN_MIN"] = str(least)
                told[f"{mode}_{name}_{way}_PPLTN_MAX"] = str(most_of_them)
        told[f"{mode}_STN_CNT"] = str(stations if mode == "SUB" else most)
        return told | {f"{mode}_STN_TIME": f"{now:%Y%m%d}"}

    def troubles(self, n: int, t: datetime) -> list[dict]:
        """ACDNT_CNTRL_STTS: what is announced on the roads within a kilometre and a half."""
        near = [
            trouble
            for trouble in self.world.troubles.at(t)
            if self._around.nearest(n, metres(*zip(trouble.link.middle)), 1, 1_500)
        ]
        return [
            {"ACDNT_OCCR_DT": f"{x.starts:%Y-%m-%d %H:%M}",
             "EXP_CLR_DT": f"{x.expected:%Y-%m-%d %H:%M}",
             "ACDNT_TYPE": x.kind, "ACDNT_DTYPE": x.detail, "ACDNT_INFO": x.text,
             "ACDNT_X": str(x.link.middle[0]), "ACDNT_Y": str(x.link.middle[1]),
             "ACDNT_TIME": f"{t:%Y-%m-%d %H:%M}"}
            for x in near[:4]
        ]  # fmt: skip

    def sales(self, n: int, now: datetime) -> dict | list:
        """LIVE_CMRCL_STTS: after ten past one nothing new is told until six; [] in a few parks."""
        if chance(self._seed, "no shops", n) < 0.06:
            return []
        t = (now - timedelta(minutes=10)).astimezone(ZONE)
        t -= timedelta(minutes=t.minute % 10)
        if (t.hour, t.minute) > (1, 10) and t.hour < 6:
            t = t.replace(hour=1, minute=10)
        people, busy = float(self._hotspots.at(t)[n]), PAID(t)
        payments = 0.012 * people * busy * among(0.5, 1.5, self._seed, "paid", n)
        month = f"{t.replace(day=1) - timedelta(days=1):%Y%m}"
        trades = [self._trade(n, month, payments, busy, *trade) for trade in TRADES]
        trades = [trade for trade in trades if trade["RSB_SH_PAYMENT_CNT"]]
        low, high = (sum(x[f"RSB_SH_PAYMENT_AMT_{end}"] for x in trades) for end in ("MIN", "MAX"))
        men = round(among(38, 62, self._seed, "men paid", n))
        return {
            "AREA_CMRCL_LVL": _level(busy),
            "AREA_SH_PAYMENT_CNT": str(sum(x["RSB_SH_PAYMENT_CNT"] for x in trades)),
            "AREA_SH_PAYMENT_AMT_MIN": low, "AREA_SH_PAYMENT_AMT_MAX": high, "CMRCL_RSB": trades,
            "CMRCL_MALE_RATE": men, "CMRCL_FEMALE_RATE": 100 - men,
            **{f"CMRCL_{age}_RATE": share for age, share in
               zip(range(10, 70, 10), (3, 27, 26, 20, 15, 9), strict=True)},
            "CMRCL_PERSONAL_RATE": 92, "CMRCL_CORPORATION_RATE": 8,
            "CMRCL_TIME": f"{t:%Y%m%d %H%M}",
        }  # fmt: skip

    def _trade(self, n, month, payments, busy, kind, trade, share, each) -> dict:
        own = among(0.5, 1.6, self._seed, "trade", n, trade)
        count = round(payments * share * own)
        low = int(count * each // 10_000 * 10_000)
        return {
            "RSB_LRG_CTGR": kind, "RSB_MID_CTGR": trade,
            "RSB_PAYMENT_LVL": _level(busy * own), "RSB_SH_PAYMENT_CNT": count,
            "RSB_SH_PAYMENT_AMT_MIN": low, "RSB_SH_PAYMENT_AMT_MAX": low + 10_000,
            "RSB_MCT_CNT": 4 + int(200 * share * own), "RSB_MCT_TIME": month,
        }  # fmt: skip


def _range(people: float) -> tuple[int, int]:
    people = max(people, 0.0)  # a smooth curve through 0 swings below it
    step = 10 if people < 100 else 50 if people < 1_000 else 500
    least = int(people // step * step)
    return least, least + step


def _level(busy: float) -> str:
    return next(word for limit, word in BUSY if busy <= limit)


def _train(train) -> dict:
    minutes = round(train.seconds / 60)
    return {
        "SUB_NT_STN": train.track.stops[train.stop], "SUB_BF_STN": "",
        "SUB_ROUTE_NM": f"{train.track.ends}행", "SUB_LINE": train.track.line,
        "SUB_ORD": f"01{train.behind:03d}{train.track.ends}0",
        "SUB_DIR": train.track.direction, "SUB_TERMINAL": train.track.ends,
        "SUB_ARVTIME": str(max(round(train.seconds), 0)),
        "SUB_ARMG1": f"{minutes}분 후 ({train.at})", "SUB_ARMG2": train.at, "SUB_ARVINFO": "운행중",
    }  # fmt: skip
