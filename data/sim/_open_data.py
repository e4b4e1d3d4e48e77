"""The envelope of openapi.seoul.go.kr: keys, pages and errors as that portal writes them."""

import json
from collections.abc import Sequence
from typing import ClassVar
from xml.sax.saxutils import escape

from data.sim._service import KEY, SAMPLE, Reply, Request, Service

MESSAGES = {
    "INFO-000": "정상 처리되었습니다",
    "INFO-100": "인증키가 유효하지 않습니다.\n"
    "인증키가 없는 경우, 열린 데이터 광장 홈페이지에서 인증키를 신청하십시오.",
    "INFO-200": "해당하는 데이터가 없습니다.",
    "ERROR-300": "필수 값이 누락되어 있습니다.\n"
    "요청인자를 참고 하십시오.",
    "ERROR-301": "파일타입 값이 누락 혹은 유효하지 않습니다.\n"
    "요청인자 중 TYPE을 확인하십시오.",
    "ERROR-310": "해당하는 서비스를 찾을 수 없습니다.\n"
    "요청인자 중 SERVICE를 확인하십시오.",
    "ERROR-331": "요청시작위치 값을 확인하십시오.\n"
    "요청인자 중 START_INDEX를 확인하십시오.",
    "ERROR-332": "요청종료위치 값을 확인하십시오.\n"
    "요청인자 중 END_INDEX를 확인하십시오.",
    "ERROR-333": "요청위치 값의 타입이 유효하지 않습니다.\n"
    "요청위치 값은 정수를 입력하세요.",
    "ERROR-334": "요청종료위치 보다 요청시작위치가 더 큽니다.\n"
    "요청시작조회건수는 정수를 입력하세요.",
    "ERROR-335": "샘플데이터(샘플키:sample) 는 한번에 최대 5건을 넘을 수 없습니다.\n"
    "요청시작위치와 요청종료위치 값은 1 ~ 5 사이만 가능합니다.",
    "ERROR-336": "데이터요청은 한번에 최대 1000건을 넘을 수 없습니다.\n"
    "요청종료위치에서 요청시작위치를 뺀 값이 1000을 넘지 않도록 수정하세요.",
    "ERROR-337": "데이터요청은 하루에 최대 1000건을 넘을 수 없습니다.",
    "ERROR-500": "서버 오류입니다.\n"
    "지속적으로 발생시 열린 데이터 광장으로 문의(Q&A) 바랍니다.",
}  # fmt: skip
MOST, MOST_SAMPLE = 1000, 5
XML = "application/xml"
PROLOG = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


class Table(Service):
    """A service of the open data portal: rows, a page at a time."""

    folder: ClassVar[str] = "openapi.seoul.go.kr"
    name: ClassVar[str] = ""
    wrapper: ClassVar[str] = ""  # the key around the answer, where it is not the name
    types: ClassVar[tuple[str, ...]] = ("json", "xml", "xmlf")
    needs: ClassVar[int] = 0  # how many arguments it cannot do without

    def rows(self, args: list[str], request: Request) -> Sequence[dict]:
        """All rows that match, newest first; only the page asked for is taken from it."""
        raise NotImplementedError

    @property
    def route(self) -> str:
        """The portal's path, arguments and all."""
        return (
            f"/{self.folder}/{{key}}/{{type}}/{self.name}/{{start:[^/]*}}/{{end:[^/]*}}{{args:.*}}"
        )

    def answer(self, request: Request) -> Reply:
        """A page of rows, or the portal's word for what is wrong."""
        wrong = self._wrong(request.parts)
        kind = request.parts["type"]
        if wrong:
            return error(wrong, "xml" if wrong in ("INFO-100", "ERROR-301") else kind)
        args = request.parts["args"].removeprefix("/").rstrip("/").split("/")
        if len([a for a in args if a]) < self.needs:
            return error("ERROR-300", kind)
        rows = self.rows(args, request)
        first, last = int(request.parts["start"]), int(request.parts["end"])
        page = rows[first - 1 : last]
        if not page:
            return error("INFO-200", kind)
        return self._reply(self.total(len(rows), page), page, kind)

    def total(self, rows: int, page: Sequence[dict]) -> int:
        """What it gives as the number of all rows."""
        return rows

    def refusal(self, why: str) -> Reply:
        """A wrong key is told in XML, whatever was asked."""
        return error({"key": "INFO-100", "quota": "ERROR-337"}[why], "xml")

    def _wrong(self, parts: dict[str, str]) -> str:
        """The code of the first thing that is wrong with a request, or ``""``."""
        if parts["key"] not in (KEY, SAMPLE):
            return "INFO-100"
        if parts["type"] not in self.types:
            return "ERROR-301"
        for name, empty in (("start", "ERROR-331"), ("end", "ERROR-332")):
            if not parts[name]:
                return empty
            if not parts[name].lstrip("-").isdecimal():
                return "ERROR-333"
        first, last = int(parts["start"]), int(parts["end"])
        if first < 1 or last < 1:
            return "ERROR-331" if first < 1 else "ERROR-332"
        if first > last:
            return "ERROR-334"
        if parts["key"] == SAMPLE and last > MOST_SAMPLE:
            return "ERROR-335"
        return "ERROR-336" if last - first >= MOST else ""

    def _reply(self, total: int, page: Sequence[dict], kind: str) -> Reply:
        wrapper = self.wrapper or self.name
        result = {"CODE": "INFO-000", "MESSAGE": MESSAGES["INFO-000"]}
        if kind == "json":
            told = {wrapper: {"list_total_count": total, "RESULT": result, "row": list(page)}}
            return Reply(json.dumps(told, ensure_ascii=False).encode())
        rows = "".join(
            "<row>" + "".join(f"<{k}>{_text(v)}</{k}>" for k, v in row.items()) + "</row>"
            for row in page
        )
        head = f"<list_total_count>{total}</list_total_count>"
        told = "".join(f"<{k}>{v}</{k}>" for k, v in result.items())
        body = f"{PROLOG}<{wrapper}>{head}<RESULT>{told}</RESULT>{rows}</{wrapper}>"
        return Reply(body.encode(), XML)


def error(code: str, kind: str) -> Reply:
    """The portal's body for a code: without the service's wrapper, HTTP 200."""
    if kind == "json":
        told = {"RESULT": {"CODE": code, "MESSAGE": MESSAGES[code]}}
        return Reply(json.dumps(told, ensure_ascii=False).encode())
    body = f"<RESULT><CODE>{code}</CODE><MESSAGE><![CDATA[{MESSAGES[code]}]]></MESSAGE></RESULT>"
    return Reply(body.encode(), XML)


def unknown(path: str) -> Reply:
    """The reply to a path of the portal that no service answers."""
    parts = path.strip("/").split("/")
    if not parts[0] or parts[0] not in (KEY, SAMPLE):
        return error("INFO-100", "xml")
    kind = parts[1] if len(parts) > 1 else ""
    if kind not in Table.types:
        return error("ERROR-301", "xml")
    return error("ERROR-310" if len(parts) != 4 else "ERROR-332", kind)


def _text(value) -> str:
    return escape(str(value), {"\r": "&#13;"})
