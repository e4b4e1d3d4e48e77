"""The envelope of ws.bus.go.kr: XML, or JSON when it is asked for; itemCount is always 0."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar
from xml.sax.saxutils import escape

from data.sim._service import KEY, Reply, Request, Service

MESSAGES = {
    "0": "정상적으로 처리되었습니다.",
    "4": "결과가 없습니다.",
    "key": "Key인증실패: SERVICE KEY IS NOT REGISTERED ERROR.[인증모듈 에러코드(30)]",
    "quota": "Key인증실패: LIMITED NUMBER OF SERVICE REQUESTS EXCEEDS ERROR."
    "[인증모듈 에러코드(22)]",
}
NOBODY = dict.fromkeys(
    ("successYN", "returnCode", "errMsg", "responseTime", "requestMsgID", "responseMsgID")
)
MISSING = '{"error":"Unauthorized","message":"serviceKey 파라미터가 필요합니다.","status":401}'


class BusService(Service):
    """One operation of that portal. Header code 4 when nothing is found."""

    operation: ClassVar[str] = ""

    def rows(self, query: dict[str, str], now: datetime) -> Sequence[dict]:
        """Everything that was asked for."""
        raise NotImplementedError

    @property
    def route(self) -> str:
        """The portal's path."""
        return f"/ws.bus.go.kr/api/rest/{self.operation}"

    def answer(self, request: Request) -> Reply:
        """The rows in the envelope; without a key the gateway's own word."""
        query = request.query
        if not query.get("serviceKey"):
            return Reply(MISSING.encode(), status=401)
        if query["serviceKey"] != KEY:
            return self.refusal("key")
        rows = list(self.rows(query, request.now))
        code = "0" if rows else "4"
        write = _json if query.get("resultType") == "json" else _xml
        return write(code, MESSAGES[code], rows)

    def refusal(self, why: str) -> Reply:
        """Header code 7, whatever is wrong with the key."""
        return _xml("7", MESSAGES[why], [])


def _json(code: str, message: str, rows: list[dict]) -> Reply:
    body = {
        "comMsgHeader": NOBODY,
        "msgHeader": {"headerMsg": message, "headerCd": code, "itemCount": 0},
        "msgBody": {"itemList": rows or None},
    }
    return Reply(json.dumps(body, ensure_ascii=False).encode())


def _xml(code: str, message: str, rows: list[dict]) -> Reply:
    items = "".join(
        f"<itemList>{''.join(_field(name, value) for name, value in row.items())}</itemList>"
        for row in rows
    )
    head = f"<headerCd>{code}</headerCd><headerMsg>{escape(message)}</headerMsg>"
    text = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><ServiceResult><comMsgHeader/>'
        f"<msgHeader>{head}<itemCount>0</itemCount></msgHeader><msgBody>{items}</msgBody>"
        "</ServiceResult>"
    )
    return Reply(text.encode(), "application/xml")


def _field(name: str, value: str | None) -> str:
    return f"<{name}/>" if value is None else f"<{name}>{escape(value)}</{name}>"
