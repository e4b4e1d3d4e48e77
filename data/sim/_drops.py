"""The files that the practice city puts down, as a city with its own registers would."""

import json
from datetime import datetime, timedelta

from data.sim._service import Reply

FEWEST = 5


def put(observed_at: datetime, name: str, rows: list[dict]) -> Reply:
    """One file: the moment it tells of and one list."""
    told = {"observed_at": observed_at.isoformat(), name: rows}
    return Reply(json.dumps(told, ensure_ascii=False).encode())


def ten_minutes(now: datetime) -> datetime:
    """The last full ten minutes."""
    return now.replace(minute=now.minute // 10 * 10, second=0, microsecond=0)


def told(count: int) -> int | str:
    """A count of people as a register lets it out."""
    return count if count >= FEWEST else f"{FEWEST} 미만"


def monday(now: datetime) -> datetime:
    """Nine o'clock of the last Monday."""
    nine = now.replace(hour=9, minute=0, second=0, microsecond=0) - timedelta(days=now.weekday())
    return nine if nine <= now else nine - timedelta(days=7)
