"""Twenty-six projects of the practice city: the kinds a city like Seoul has, by no real name.

The work goes as an S through its years; some departments are slower than their plan.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from data._places import table
from data.sim._calendar import midnight
from data.sim._chance import among, chance

FILE = Path(__file__).with_name("_projects.csv")
BEHIND = 5.0  # points behind its plan from which a project says so


@dataclass(frozen=True)
class Project:
    """One project: its row of the table, and how it keeps to its plan."""

    row: dict[str, str]
    pace: float  # of the plan's: 1 keeps it
    report: int  # the day of the month it reports

    def planned(self, t: datetime) -> float:
        """% that its plan has for then."""
        return _grown(self._passed(t))

    def progress(self, t: datetime) -> float:
        """% done then, never less than before."""
        return _grown(self._passed(t) * self.pace)

    def reported(self, now: datetime) -> datetime:
        """When it last reported: monthly, at six in the evening."""
        month = now.replace(day=self.report, hour=18, minute=0, second=0, microsecond=0)
        if month > now:
            month = (month.replace(day=1) - timedelta(days=1)).replace(day=self.report)
        return month

    def state(self, t: datetime) -> tuple[str, str]:
        """In words, Korean and English."""
        done = self.progress(t)
        if done >= 100:
            return "완료", "Done"
        if self.planned(t) - done > BEHIND:
            return "지연", "Behind plan"
        if done < 15:
            return "설계 중", "In design"
        return ("공사 중", "Under way") if done < 95 else ("마무리 중", "Finishing")

    def _passed(self, t: datetime) -> float:
        begins, ends = (date.fromisoformat(self.row[end]) for end in ("begins", "ends"))
        return (t - midnight(begins)).total_seconds() / 86400 / (ends - begins).days


class Projects:
    """The part of the world that holds them."""

    def __init__(self, world):
        rows = table(FILE.read_bytes()).to_dict("records")
        self.all = tuple(_made(world.seed, row) for row in rows)


def _made(seed: int, row: dict[str, str]) -> Project:
    key = row["project_id"]
    slow = chance(seed, "slow", key) < 0.3
    pace = among(0.78, 0.9, seed, "pace", key) if slow else among(0.96, 1.05, seed, "pace", key)
    return Project(row, pace, report=1 + int(chance(seed, "report", key) * 8))


def _grown(part: float) -> float:
    part = min(max(part, 0.0), 1.0)
    return round(100 * part * part * (3 - 2 * part), 1)
