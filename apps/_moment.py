"""The city at another moment: what was known then, or what is foretold, as frames by feed."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import lru_cache

import pandas as pd

from apps._asked import Problem
from data import ZONE, About, city, clock, feeds

FARTHEST = timedelta(days=90)
AHEAD = timedelta(hours=5)
SETTLED = timedelta(minutes=2)  # what was fetched later may not be kept yet
TOLD = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d", re.ASCII)
HELD = 4  # moments whose frames are held: both languages ask for the same
SEEN = 64  # moments of which it is held how every feed fared


def moment(text: str) -> datetime:
    """``2026-11-20T18:00`` in the city's zone, snapped to ten minutes; to whole hours ahead.

    Raises Problem for what is no such time, or farther than the past is kept or foretold.
    """
    now = clock.now()
    try:
        if not TOLD.fullmatch(text):
            raise ValueError
        told = datetime.fromisoformat(text).replace(tzinfo=ZONE)
    except ValueError:
        raise Problem(422, "at must be a time like 2026-11-20T18:00.") from None
    told -= timedelta(minutes=told.minute % 10)
    if told > now:
        told = (told + timedelta(minutes=30)).replace(minute=0)
        if told <= now:
            told += timedelta(hours=1)
    if not now - FARTHEST <= told <= now + AHEAD + timedelta(minutes=30):
        raise Problem(422, "The past of 90 days and the next five hours are told.")
    return told


def settled(then: datetime) -> bool:
    """Whether nothing more will come to be known of that moment."""
    return then < clock.now() - SETTLED


def frames(names: Iterable[str], then: datetime) -> Mapping[str, pd.DataFrame]:
    """The frames of those feeds as they were known then, or as they are foretold. Blocks."""
    wanted = tuple(sorted({name for name in names if name in dir(feeds)}))
    if then > clock.now():
        return foretold(wanted, then)
    return _lasting(wanted, then) if settled(then) else city.at(then, wanted)


@lru_cache(HELD)
def _lasting(names: tuple[str, ...], then: datetime) -> Mapping[str, pd.DataFrame]:
    return city.at(then, names)


def fared(then: datetime) -> Mapping[str, About]:
    """How each feed fared at a moment of the past, by the frame known then; of a feed of which
    nothing was known, and of the hours ahead, nothing. Whether a source refused then is not kept.
    Blocks.
    """
    if then > clock.now():
        return {}
    return _fared(then) if settled(then) else _fared.__wrapped__(then)


@lru_cache(SEEN)
def _fared(then: datetime) -> Mapping[str, About]:
    there = {name: x for name, x in city.at(then).items() if feeds[name].every}
    return {n: feeds[n].about(then, x.attrs["observed_at"], x) for n, x in there.items()}


def foretold(names: Iterable[str], then: datetime) -> dict[str, pd.DataFrame]:
    """What is foretold of that whole hour, in the columns of the present; tables as they are.

    Nothing of a feed that nobody foretells.
    """
    tables = {n: feeds[n].frame for n in names if not feeds[n].every}
    made = {"population_now": _people(then), "hotspots": _hotspots(then)}
    made |= {"weather_now": _weather(then), "living_population": feeds.living_population.frame}
    if made["population_now"] is not None:
        sources = {"population_now": made["population_now"], "dongs": feeds.dongs.frame}
        sources |= {n: feeds[n].frame for n in ("living_population", "districts")}
        for name in ("city_people", "district_people"):
            made[name] = feeds[name].worked_out(sources)
            if made[name] is not None:
                made[name].attrs.setdefault("observed_at", then)
    return tables | {n: f for n, f in made.items() if f is not None and n in names}


def _at(name: str, then: datetime) -> pd.DataFrame | None:
    """The rows a feed foretells of that hour, observed then; None without any."""
    frame = feeds[name].frame
    if frame is None or feeds[name].state() not in ("live", "late"):
        return None
    rows = frame[frame["forecast_at"] == pd.Timestamp(then)]
    if rows.empty:
        return None
    return rows.assign(observed_at=rows["forecast_at"]).reset_index(drop=True)


def _people(then: datetime) -> pd.DataFrame | None:
    rows = _at("population_forecast", then)
    if rows is None:
        return None
    rows = rows.assign(basis="forecast")[list(feeds.population_now.columns)]
    rows.attrs = {"like": ("10m", "30m")}
    return rows


def _hotspots(then: datetime) -> pd.DataFrame | None:
    rows, here = _at("hotspot_forecast", then), feeds.hotspots.frame
    if rows is None or here is None:
        return None
    places = here[["area_cd", "lon", "lat"]].drop_duplicates("area_cd")
    rows = rows.merge(places, on="area_cd").reindex(columns=list(feeds.hotspots.columns))
    return rows.assign(substituted=False, suspect="") if "suspect" in rows else rows


def _weather(then: datetime) -> pd.DataFrame | None:
    rows = _at("weather_forecast", then)
    if rows is None:
        return None
    row = rows.sort_values("observed_at").tail(1)
    rain = row["rain_low"].where(row["rain_low"] == row["rain_high"])
    told = row.assign(rain=rain, suspect="")
    return told.reindex(columns=list(feeds.weather_now.columns)).reset_index(drop=True)
