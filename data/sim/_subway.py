"""The envelope of swopenapi.seoul.go.kr: keys, pages from 0 and errors as that portal has them."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from data.sim._service import KEY, SAMPLE, Reply, Request, Service

NOWHERE = dict.fromkeys(("beginRow", "endRow", "curPage", "pageRow"))
MESSAGES = {
    "INFO-100": "인증키가 유효하지 않습니다.",
    "INFO-200": "해당하는 데이터가 없습니다.",
    "ERROR-333": "요청위치 값의 타입이 유효하지 않습니다.",
    "ERROR-334": "요청종료위치 보다 요청시작위치가 더 큽니다.",
    "ERROR-337": "데이터요청은 하루에 최대 1000건을 넘을 수 없습니다.",
}


class Subway(Service):
    """A service of that portal: the rows of one station or line, a page at a time.

    INFO-200 when there are none: at night, and for a name that nobody knows.
    """

    name: ClassVar[str] = ""
    wrapper: ClassVar[str] = ""  # the list beside errorMessage

    def rows(self, name: str, now: datetime) -> Sequence[dict]:
        """All rows of a station or line, in no order."""
        raise NotImplementedError

    @property
    def route(self) -> str:
        """The portal's path."""
        return (
            f"/swopenapi.seoul.go.kr/api/subway/{{key}}/json/{self.name}/{{start}}/{{end}}/{{of}}"
        )

    def answer(self, request: Request) -> Reply:
        """A page of rows, or the portal's word for what is wrong."""
        parts = request.parts
        if parts["key"] not in (KEY, SAMPLE):
            return error("INFO-100")
        if not (parts["start"].isdecimal() and parts["end"].isdecimal()):
            return error("ERROR-333")
        first, last = int(parts["start"]), int(parts["end"])
        if first > last:
            return error("ERROR-334")
        rows = self.rows(parts["of"], request.now)
        last = min(last, 5) if parts["key"] == SAMPLE else last
        shown = rows[max(first - 1, 0) : last]
        if not shown:
            return error("INFO-200")
        told = {"status": 200, "code": "INFO-000", "message": "정상 처리되었습니다.", "link": "",
                "developerMessage": "", "total": len(rows)}  # fmt: skip
        counted = [
            NOWHERE | {"totalCount": len(rows), "rowNum": n + 1, "selectedCount": len(shown)} | row
            for n, row in enumerate(shown)
        ]
        body = {"errorMessage": told, self.wrapper: counted}
        return Reply(json.dumps(body, ensure_ascii=False).encode())

    def refusal(self, why: str) -> Reply:
        """Flat, HTTP 200."""
        return error({"key": "INFO-100", "quota": "ERROR-337"}[why])


def error(code: str) -> Reply:
    """An error: flat, without errorMessage."""
    body = {"status": 500, "code": code, "message": MESSAGES[code], "link": "",
            "developerMessage": "", "total": 0}  # fmt: skip
    return Reply(json.dumps(body, ensure_ascii=False).encode())
