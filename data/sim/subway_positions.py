"""realtimePosition: where the trains of a line are, by the stations they are at or between."""

from datetime import timedelta

from data.sim._chance import among
from data.sim._subway import Subway
from data.sim._tables import table
from data.sim._trains import Train

NEAR = 25  # seconds before a stop when a train is said to come in


class RealtimePosition(Subway):
    """Trains that have left their first stop; a direction is 0 or 1 here, and no place is told."""

    name = "realtimePosition"
    wrapper = "realtimePositionList"

    def rows(self, name, now):
        """The trains of a line as told some seconds ago, branches and all."""
        ids = {row["subway_id"] for row in table("lines") if row["name_ko"] == name}
        told = now - timedelta(seconds=round(among(8, 40, "positions", name, now.minute)))
        trains = self.world.trains
        return [
            _row(train, name, told)
            for track in trains.tracks
            if track.subway_id in ids
            for train in trains.running(track, told)
            if train.gone >= 0
        ]


def _row(train: Train, name: str, told) -> dict:
    track = train.track
    stop, status = _place(train)
    return {
        "subwayId": track.subway_id,
        "subwayNm": name,
        "statnId": track.number(stop),
        "statnNm": track.names[stop].removesuffix("역"),
        "trainNo": train.train,
        "lastRecptnDt": f"{told:%Y%m%d}",
        "recptnDt": f"{told:%Y-%m-%d %H:%M:%S}",
        "updnLine": "0" if track.direction in ("상행", "내선") else "1",
        "statnTid": track.number(len(track.stops) - 1),
        "statnTnm": f"{track.ends}종착" if track.line == "2" else track.ends,
        "trainSttus": status,
        "directAt": str(int(train.express)),
        "lstcarAt": str(int(train.last)),
    }


def _place(train: Train) -> tuple[int, str]:
    """(index of the stop, trainSttus): 1 at it, 2 left it, 3 left the one before, 0 coming in."""
    times, here = train.track.times, train.here
    if here == len(times) - 1:
        return here, "1"
    part = (train.gone - times[here]) / (times[here + 1] - times[here])
    if part < 0.15:
        return here, "1"
    if (times[here + 1] - train.gone) * train.pace < NEAR:
        return here + 1, "0"
    return (here, "2") if part < 0.5 else (here + 1, "3")
