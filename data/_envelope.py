"""What the portals wrap their rows in, and what they say instead of rows: one function a family.

HTTP status and content type tell nothing, and XML comes where JSON was asked: the body decides.
Every function gives the rows as they came (dtype object), none when the portal says there are none,
and raises Refused (key, argument, quota), Unreachable (their trouble: worth asking again) or
Unreadable (none of this).
"""

import pandas as pd

from data._errors import Unreadable
from data._gate import DATA_GO, EMPTY, LATER, OK, QUOTA, answered, fields, names, opened, spoken
from data._read import code, listed
from data._strict import kind, load_json

SEOUL = {
    "INFO-000": OK, "INFO-0": OK, "INFO-200": EMPTY, "ERROR-337": QUOTA, "INFO-500": LATER,
    "ERROR-500": LATER, "ERROR-600": LATER, "ERROR-601": LATER,
}  # fmt: skip
MAP = {"200": OK, "500": LATER, "503": LATER}
BUS = {"0": OK, "4": EMPTY, "8": EMPTY, "1": LATER, "6": LATER}  # 8: the last bus is gone
RESULTS = {"result", "errormessage"}
AROUND = RESULTS | {"list_total_count", "description"}


def seoul(body: bytes) -> pd.DataFrame:
    """Rows of openapi.seoul.go.kr:8088 in JSON or XML, the citydata family and the portal's files.

    The payload is the one object with RESULT or row, whatever its name.
    """
    told = fields(opened(body))
    payload = told if _result(told) or _rows(told) is not None else _only(told)
    result, rows = _result(payload), _rows(payload)
    if result and not answered(SEOUL, *result):
        return _frame([])
    if rows is None and code(payload.get("list_total_count", "")) != "0":
        raise Unreadable(f"no rows among {names(payload)}")
    return _frame(rows or [])


def subway(body: bytes) -> pd.DataFrame:
    """Rows of swopenapi.seoul.go.kr: beside errorMessage; an error is flat, without it."""
    told = fields(opened(body))
    if not (result := _result(told)):
        raise Unreadable(f"no errorMessage among {names(told)}")
    if not answered(SEOUL, *result):
        return _frame([])
    lists = [v for v in told.values() if isinstance(v, list)]
    if len(lists) != 1:
        raise Unreadable(f"{len(lists)} lists among {names(told)}")
    return _frame(lists[0])


def kma(body: bytes) -> pd.DataFrame:
    """Rows of apis.data.go.kr: in items.item (KMA), in items (AirKorea) or in body (safetydata)."""
    told = fields(opened(body))
    answer = fields(told.get("response", told))
    header = fields(answer.get("header", answer))
    if "resultCode" not in header:
        raise Unreadable(f"no resultCode among {names(answer)}")
    if not answered(DATA_GO, code(header["resultCode"]).zfill(2), header.get("resultMsg")):
        return _frame([])
    rows = answer.get("body")
    if isinstance(rows, dict):
        if "items" not in rows:
            raise Unreadable(f"no items among {names(rows)}")
        rows = rows["items"]
    if isinstance(rows, dict) and (not rows or "item" in rows):
        rows = rows.get("item")
    return _frame(rows)


airkorea = safetydata = kma  # one envelope, the list in another place


def its(body: bytes) -> pd.DataFrame:
    """Rows of openapi.its.go.kr: data is a list, one object, or absent when datacount is 0."""
    told = fields(fields(opened(body)).get("response"))
    if "resultCode" in told:
        answered(DATA_GO, code(told["resultCode"]).zfill(2), told.get("resultMsg"))
    if "data" not in told and code(told.get("datacount")) != "0":
        raise Unreadable(f"no data among {names(told)}")
    return _frame(told.get("data"))


def bus(body: bytes) -> pd.DataFrame:
    """Rows of ws.bus.go.kr in JSON or XML; itemCount is always 0 there and means nothing."""
    told = fields(opened(body))
    answer = fields(told.get("ServiceResult", told))
    header = fields(answer.get("msgHeader"))
    if "headerCd" not in header:
        raise Unreadable(f"no headerCd among {names(answer)}")
    if not answered(BUS, code(header["headerCd"]), header.get("headerMsg")):
        return _frame([])
    return _frame(fields(answer.get("msgBody") or {}).get("itemList"))


def smart_map(body: bytes) -> pd.DataFrame:
    """Rows of map.seoul.go.kr, version 5: resultCode in header, a list in body."""
    told = fields(opened(body))
    header = fields(told.get("header"))
    if "resultCode" not in header:
        raise Unreadable(f"no resultCode among {names(header)}")
    answered(MAP, code(header["resultCode"]), header.get("resultMsg"))
    if "body" not in told:
        raise Unreadable(f"no body among {names(told)}")
    return _frame(told["body"])


def drop(body: bytes) -> object:
    """What a file says that a city puts down for us, in JSON."""
    if kind(body) != "json":
        raise spoken(body)
    return load_json(body)


def _result(told: dict) -> tuple[str, object] | None:
    """(code, message) of an envelope, nested or flat, its keys dotted or not; None without one."""
    inner = [v for n, v in told.items() if n.lower() in RESULTS and isinstance(v, dict)]
    said = {n.lower().removeprefix("result."): v for n, v in (inner[0] if inner else told).items()}
    return (code(said["code"]).upper(), said.get("message")) if "code" in said else None


def _rows(told: dict) -> list | dict | None:
    """What an envelope wraps; None when it wraps nothing."""
    for name in ("row", "DATA"):
        if name in told:
            return told[name]
    if not _result(told):
        return None
    inside = {
        n: v for n, v in told.items() if n.lower() not in AROUND and isinstance(v, dict | list)
    }
    if len(inside) != 1:
        return None
    [(name, rows)] = inside.items()
    return rows[name] if isinstance(rows, dict) and list(rows) == [name] else rows


def _only(told: dict) -> dict:
    found = [v for v in told.values() if isinstance(v, dict) and (_result(v) or "row" in v)]
    if len(found) != 1:
        raise Unreadable(f"no RESULT and no row among {names(told)}")
    return found[0]


def _frame(rows: object) -> pd.DataFrame:
    """Rows as they came; None and "" are no rows, one object is one row."""
    rows = listed(rows)
    if any(not isinstance(row, dict) for row in rows):
        raise Unreadable("a row that is no object")
    return pd.DataFrame(rows, dtype=object)
