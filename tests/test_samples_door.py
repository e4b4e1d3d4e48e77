"""Every recorded answer of the real portals, where they are at hand, is told apart rightly."""

import json
from pathlib import Path

import pytest

from data import Refused, Unreadable
from data import _envelope as envelope

SAMPLES = Path(__file__).parents[2] / "shared" / "samples"
FILES = sorted(p for p in SAMPLES.glob("*/*") if p.suffix in {".json", ".xml"})
PORTALS = {  # by the beginning of the folder; all others are the city's own
    "realtime": "subway", "kma": "kma", "airkorea": "airkorea", "safetydata": "safetydata",
    "cctv": "its", "bus": "bus",
}  # fmt: skip
KEYS = {
    "errors/1_openapi_invalid_key_json_asked.xml",
    "errors/2_swopenapi_invalid_key.json",
    "safetydata_DSSP-IF-00247/2_error_key.json",
    "bus_ws_bus_go_kr/5_error_no_key.json",
}
EMPTY = {"errors/3_openapi_no_data.json"}
CUT = {  # by those who recorded them, to rows without envelope, or of a service that is gone
    "DrainpipeMonitoringInfo/1_rows.json", "ListRainfallService/1_rows.json",
    "data_go_kr_DisasterMsg2/1.json", "news_rss/1_yna.xml",
}  # fmt: skip
SEVERAL = {"bikeList/1.json", "bus_ws_bus_go_kr/1.json", "seoulmetro_facilities/1.json"}
pytestmark = pytest.mark.skipif(not FILES, reason="the samples are not here")


def portal_of(path):
    name = next((p for start, p in PORTALS.items() if path.parent.name.startswith(start)), "seoul")
    if path.name.startswith("2_swopenapi"):
        name = "subway"
    return getattr(envelope, "kma" if path.parent.name.startswith("seoulmetro") else name)


def named(path):
    return f"{path.parent.name}/{path.name}"


@pytest.mark.parametrize("path", FILES, ids=named)
def test_is_rows_or_the_right_error(path):
    read, body = portal_of(path), path.read_bytes()
    if named(path) in KEYS:
        with pytest.raises(Refused):
            read(body)
    elif named(path) in CUT:
        with pytest.raises(Unreadable):
            read(body)
    elif named(path) in SEVERAL:
        told = json.loads(body)
        frames = [read(json.dumps(v).encode()) for v in told.values() if isinstance(v, dict)]
        assert len(frames) > 1 and any(map(len, frames))
    else:
        assert bool(len(read(body))) != (named(path) in EMPTY)
