"""Whether there is data in an answer at all: the body opened, the codes and pages instead of it."""

import re

from data._errors import FeedError, Refused, Unreachable, Unreadable
from data._strict import kind, load_json, load_xml, text
from data._text import code, plain

OK, EMPTY, LATER, QUOTA = "ok", "empty", "later", "quota"  # any other code is a refusal
DATA_GO = {
    "00": OK, "0000": OK, "03": EMPTY, "22": QUOTA, "01": LATER, "02": LATER, "04": LATER,
    "05": LATER, "99": LATER,
}  # fmt: skip
UNTIL_TOMORROW = 3600.0  # seconds to stay away when the day's calls are used up
DENIED = re.compile(
    r"captcha|자동\s*입력|보안\s*문자|로봇이 아닙|비정상적인 (접근|요청)|차단되|access denied"
    r"|request (was )?blocked|forbidden|unauthorized|not registered|requests exceeds"
)
CLOSED = re.compile(r"점검|maintenance")


def opened(body: bytes) -> object:
    """The body as objects, JSON or XML, unless it is a gateway that answers in a portal's place."""
    if (looks := kind(body)) not in ("json", "xml"):
        raise spoken(body)
    told = load_json(body) if looks == "json" else load_xml(body)
    if not isinstance(told, dict):
        return told
    if isinstance(gate := told.get("OpenAPI_ServiceResponse"), dict):  # whatever it says, no data
        head = fields(gate.get("cmmMsgHeader"))
        reason = code(head.get("returnReasonCode")).zfill(2)
        answered(DATA_GO | {"00": LATER}, reason, head.get("returnAuthMsg") or head.get("errMsg"))
    if "error" in told and ("message" in told or "status" in told):
        status, message = code(told.get("status")), plain(told.get("message"), 150)
        words = f"{status} {plain(told['error'], 50)} {message}".strip()
        raise (Unreachable if status.startswith("5") else Refused)(words)
    return told


def answered(table: dict[str, str], said: str, message: object) -> bool:
    """Whether there is data (False: none today). Raises what the code means when it is an error."""
    means = table.get(said)
    if means in (OK, EMPTY):
        return means == OK
    words = f"{said} {plain(message, 150)}".strip()
    if means == LATER:
        raise Unreachable(words)
    raise Refused(words, UNTIL_TOMORROW if means == QUOTA else None)


def spoken(body: bytes) -> FeedError:
    """What a body that is neither JSON nor XML means."""
    page = kind(body) == "page"
    try:
        words = text(body).lower()
    except Unreadable as error:
        if not page:
            return error
        words = body.decode("cp949", "ignore").lower()
    if DENIED.search(words):
        return Refused("a page that lets no program in" if page else plain(words, 100))
    if page or CLOSED.search(words):
        return Unreachable(
            "closed for maintenance" if CLOSED.search(words) else "a web page, no data"
        )
    return Unreadable("neither JSON nor XML")


def fields(x: object) -> dict:
    """x, which must be an object. Raises Unreadable."""
    if not isinstance(x, dict):
        raise Unreadable(f"{type(x).__name__} where an object should be")
    return x


def names(told: dict) -> str:
    """What an object has, for a message."""
    return plain(", ".join(map(str, told)), 200)
