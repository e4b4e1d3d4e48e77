"""realtimeStationArrival: the next trains of every line at a station."""

from datetime import timedelta

from data.sim._chance import among
from data.sim._subway import Subway
from data.sim._trains import Coming

NAMES = {  # as this service wants them: as the lines have them
    "응암순환(상선)": "응암", "공릉(서울산업대입구)": "공릉", "대모산": "대모산입구",
    "남한산성입구(성남법원, 검찰청)": "남한산성입구", "천호(풍납토성)": "천호",
    "몽촌토성(평화의문)": "몽촌토성",
}  # fmt: skip
TIMED = "256789"  # lines that tell seconds; the others count stations


class StationArrival(Subway):
    """Up to four trains per line and direction, fewer where many lines meet; not by time."""

    name = "realtimeStationArrival"
    wrapper = "realtimeArrivalList"

    def rows(self, name, now):
        """Each line and direction as told some seconds ago."""
        wanted = NAMES.get(name, name)
        trains = self.world.trains
        stops = trains.lines_at(wanted)
        ways = {(track.subway_id, track.direction) for track, _ in stops}
        most = max(2, min(4, 20 // max(len(ways), 1)))
        found = []
        for way in sorted(ways, key=lambda w: (w[1], w[0])):
            told = now - timedelta(seconds=round(among(8, 70, name, way, now.minute)))
            mine = [
                train
                for track, stop in stops
                if (track.subway_id, track.direction) == way
                for train in trains.coming(track, stop, told, most)
            ]
            mine.sort(key=lambda train: train.seconds)
            found += [
                self._row(train, n, wanted, told, stops) for n, train in enumerate(mine[:most])
            ]
        return found

    def _row(self, train: Coming, n: int, name: str, told, stops) -> dict:
        track, stop = train.track, train.stop
        message, code = _message(train, name)
        here = track.number(stop)
        lines = sorted({(t.subway_id, t.number(s)) for t, s in stops})
        following = track.names[min(stop + 1, len(track.names) - 1)].removesuffix("역")
        up = track.direction in ("상행", "외선")  # the portal's own order of the two
        timed = track.line in TIMED and train.behind > 1
        return {
            "subwayId": track.subway_id,
            "subwayNm": None,
            "updnLine": track.direction,
            "trainLineNm": f"{track.ends}행 - {following}방면"
            + (" (급행)" if train.express else ""),
            "subwayHeading": None,
            "statnFid": track.number(max(stop - 1, 0)),
            "statnTid": track.number(min(stop + 1, len(track.stops) - 1)),
            "statnId": here,
            "statnNm": name,
            "trainCo": None,
            "trnsitCo": str(len({line for line, _ in lines})),
            "ordkey": f"{0 if up else 1}{n + 1}{train.behind:03d}{track.ends}{int(train.express)}",
            "subwayList": ",".join(dict.fromkeys(line for line, _ in lines)),
            "statnList": ",".join(dict.fromkeys(station for _, station in lines)),
            "btrainSttus": "급행" if train.express else "일반",
            "barvlDt": str(round(train.seconds / 10) * 10) if timed else "0",
            "btrainNo": train.train,
            "bstatnId": track.number(len(track.stops) - 1),
            "bstatnNm": track.ends,
            "recptnDt": f"{told:%Y-%m-%d %H:%M:%S}",
            "arvlMsg2": message,
            "arvlMsg3": train.at.removesuffix("역"),
            "arvlCd": code,
            "lstcarAt": str(int(train.last)),
        }


def _message(train: Coming, name: str) -> tuple[str, str]:
    """(arvlMsg2, arvlCd) as the portal words them."""
    left, at = train.seconds, train.at.removesuffix("역")
    if train.behind == 0 or left < 25:
        return (f"{name} 도착", "1") if left <= 0 or train.behind == 0 else (f"{name} 진입", "0")
    if train.behind == 1:
        legs = train.track.times
        part = left / (legs[train.stop] - legs[train.stop - 1])
        return ("전역 도착", "5") if part > 0.85 else ("전역 출발", "3")
    if train.track.line not in TIMED:
        return f"[{train.behind}]번째 전역 ({at})", "99"
    minutes, seconds = divmod(round(left / 10) * 10, 60)
    wait = f"{minutes}분" * bool(minutes) + f" {seconds}초" * bool(seconds)
    return f"{wait.strip()} 후 ({at})" if train.track.line in "5678" else f"{wait.strip()} 후", "99"
