"""DrainpipeMonitoringInfo: how high it stands in the sewers of one district, minute by minute."""

from datetime import datetime, timedelta

from data._city import ZONE
from data.sim._chance import chance
from data.sim._open_data import Table
from data.sim._tables import table
from data.sim._water import Water

LATE = timedelta(minutes=1)
FEWEST, MOST = 6, 15  # sensors of a district
SILENT = 0.06  # the share of them that is out of contact, for a day
MINUTE = timedelta(minutes=1)


class DrainpipeMonitoringInfo(Table):
    """Districts have the numbers 01 종로 to 25 강동. Sensors come last to first, their minutes
    forwards or backwards.
    """

    name = "DrainpipeMonitoringInfo"
    needs = 3

    def rows(self, args, request):
        """Every minute of the hours asked for that has passed; none for what is no hour."""
        try:
            number = int(args[0])
            start, end = (datetime.strptime(a, "%Y%m%d%H").replace(tzinfo=ZONE) for a in args[1:3])
        except ValueError:
            return []
        districts = table("districts")
        if not 1 <= number <= len(districts):
            return []
        until = min(end + timedelta(hours=1) - MINUTE, request.now - LATE)
        minutes = [start + n * MINUTE for n in range(int((until - start) / MINUTE) + 1)]
        district = districts[number - 1]
        sensors = FEWEST + int(chance("sensors", number) * (MOST - FEWEST + 1))
        return [
            row
            for k in range(sensors, 0, -1)
            for row in self._minutes(district, f"{number:02}", k, minutes[:: 1 if k % 4 else -1])
        ]

    def _minutes(self, district, number, k, minutes):
        water, sensor = self.world.part(Water), f"{number}-{k:04}"
        for t in minutes:
            silent = chance(self.world.seed, "silent", sensor, t.date()) < SILENT
            level = 0.0 if silent else round(water.sewer(t, district["gu_code"], sensor), 2)
            yield {
                "IDN": sensor,
                "GUBN": number,
                "GUBN_NAM": _short(district["name_ko"]),
                "MEA_YMD": f"{t:%Y-%m-%d %H:%M}:00.0",
                "MEA_WAL": level,
                "SIG_STA": "통신이상" if silent else "통신양호",
            }


def _short(name: str) -> str:
    return name if len(name) == 2 else name.removesuffix("구")
