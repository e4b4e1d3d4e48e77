"""What the portals wrap rows in, and everything they say instead (SAFETY row 13)."""

import json

import pytest
from hypothesis import given, strategies

from data import Refused, Unreachable, Unreadable
from data import _envelope as envelope
from data._strict import _levels

OK = {"CODE": "INFO-000", "MESSAGE": "정상 처리되었습니다."}
DOTTED = {"RESULT.CODE": "INFO-000", "RESULT.MESSAGE": "정상 처리되었습니다."}
SUBWAY = {"status": 200, "code": "INFO-000", "message": "정상", "total": 1}
HEAD = {"resultCode": "00", "resultMsg": "NORMAL_SERVICE"}
ROW = {"a": "1", "b": None}
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
DONE = "<RESULT><CODE>INFO-000</CODE><MESSAGE>x</MESSAGE></RESULT>"


def said(body):
    if isinstance(body, bytes):
        return body
    return (body if isinstance(body, str) else json.dumps(body)).encode()


def kma(**body):
    return {"response": {"header": HEAD, "body": body}}


def gate(reason, words="SERVICE_KEY_IS_NOT_REGISTERED_ERROR"):
    return (
        f"<OpenAPI_ServiceResponse><cmmMsgHeader><errMsg>SERVICE ERROR</errMsg><returnAuthMsg>"
        f"{words}</returnAuthMsg><returnReasonCode>{reason}</returnReasonCode></cmmMsgHeader>"
        "</OpenAPI_ServiceResponse>"
    )


def bus(code, items=None):
    return {"comMsgHeader": {}, "msgHeader": {"headerCd": code, "headerMsg": "x", "itemCount": 0},
            "msgBody": {"itemList": items}}  # fmt: skip


ROWS = [  # portal, body, how many rows
    ("seoul", {"bikeList": {"list_total_count": 1, "RESULT": OK, "row": [ROW]}}, 1),
    ("seoul", {"rentBikeStatus": {"RESULT": OK, "row": [ROW, ROW]}}, 2),
    ("seoul", {"S": {"RESULT": OK, "row": ROW}}, 1),
    ("seoul", {"S": {"row": [ROW]}}, 1),
    ("seoul", {"S": {"list_total_count": 0, "RESULT": OK, "row": []}}, 0),
    ("seoul", {"S": {"list_total_count": 0, "RESULT": OK}}, 0),
    ("seoul", {"RESULT": {"CODE": "INFO-200", "MESSAGE": "해당하는 데이터가 없습니다."}}, 0),
    ("seoul", {"RESULT": {"RESULT.CODE": "INFO-200", "RESULT.MESSAGE": "없음"}}, 0),
    ("seoul", {"RESULT.CODE": "INFO-200", "RESULT.MESSAGE": "없음"}, 0),
    ("seoul", {"S": {"RESULT": {"CODE": "INFO-200", "MESSAGE": "없음"}}}, 0),
    ("seoul", {"list_total_count": 1, "RESULT": DOTTED, "CITYDATA": {"AREA_NM": "x"}}, 1),
    ("seoul", {"SeoulRtd.citydata_ppltn": [ROW], "RESULT": DOTTED}, 1),
    ("seoul", {"DESCRIPTION": {"A": "가"}, "DATA": [ROW, ROW]}, 2),
    ("seoul", f"{XML}<AccInfo><list_total_count>1</list_total_count>{DONE}<row><x>1</x></row>"
              "</AccInfo>", 1),
    ("seoul", f"\ufeff{XML}<T>{DONE}<row><x>1</x></row><row><x>2</x></row></T>", 2),
    ("seoul", "<RESULT><CODE>INFO-200</CODE><MESSAGE>없음</MESSAGE></RESULT>", 0),
    ("seoul", "<Map><SeoulRtd.citydata_ppltn><SeoulRtd.citydata_ppltn><A>1</A>"
              "</SeoulRtd.citydata_ppltn></SeoulRtd.citydata_ppltn><RESULT><RESULT.CODE>INFO-000"
              "</RESULT.CODE></RESULT></Map>", 1),
    ("subway", {"errorMessage": SUBWAY, "realtimeArrivalList": [ROW]}, 1),
    ("subway", {"errorMessage": SUBWAY, "realtimePositionList": [ROW, ROW]}, 2),
    ("subway", {"status": 500, "code": "INFO-200", "message": "없음", "total": 0}, 0),
    ("kma", kma(items={"item": [ROW, ROW]}), 2),
    ("kma", kma(items={"item": ROW}), 1),
    ("kma", kma(items=""), 0),
    ("kma", {"response": {"header": {**HEAD, "resultCode": "0000"}, "body": {"items": ""}}}, 0),
    ("kma", {"response": {"header": {"resultCode": "03", "resultMsg": "NO_DATA"}}}, 0),
    ("kma", f"{XML}<response><header><resultCode>00</resultCode></header><body><items><item>"
            "<a>1</a></item><item><a>2</a></item></items></body></response>", 2),
    ("airkorea", kma(items=[ROW]), 1),
    ("safetydata", {"header": HEAD, "totalCount": 1, "body": [ROW]}, 1),
    ("safetydata", {"header": {"resultCode": "03", "resultMsg": "NODATA"}, "body": None}, 0),
    ("its", {"response": {"datacount": 2, "data": [ROW, ROW]}}, 2),
    ("its", {"response": {"datacount": 1, "data": ROW}}, 1),
    ("its", {"response": {"datacount": 0}}, 0),
    ("its", f"{XML}<response><datacount>2</datacount><data><a>1</a></data><data><a>2</a></data>"
            "</response>", 2),
    ("bus", bus("0", [ROW]), 1),
    ("bus", bus("0"), 0),
    ("bus", bus("4"), 0),
    ("bus", "<ServiceResult><comMsgHeader/><msgHeader><headerCd>0</headerCd></msgHeader><msgBody>"
            "<itemList><a>1</a></itemList><itemList><a>2</a></itemList></msgBody>"
            "</ServiceResult>", 2),
]  # fmt: skip


@pytest.mark.parametrize(("portal", "body", "rows"), ROWS)
def test_rows_are_found_wherever_they_are(portal, body, rows):
    assert len(getattr(envelope, portal)(said(body))) == rows


def coded(code):
    return {"RESULT": {"CODE": code, "MESSAGE": "x"}}


ERRORS = [  # portal, body, what it is
    ("seoul", "<RESULT><CODE>INFO-100</CODE><MESSAGE><![CDATA[인증키가 유효하지 않습니다.]]>"
              "</MESSAGE></RESULT>", Refused),
    *[("seoul", coded(c), Refused) for c in (
        "INFO-100", "INFO-300", "ERROR-300", "ERROR-301", "ERROR-310", "ERROR-331", "ERROR-332",
        "ERROR-333", "ERROR-334", "ERROR-335", "ERROR-336", "ERROR-337", "ERROR-999")],
    *[("seoul", coded(c), Unreachable) for c in ("ERROR-500", "ERROR-600", "ERROR-601")],
    ("seoul", {"S": coded("ERROR-500")}, Unreachable),
    ("seoul", {"RESULT": {"RESULT.CODE": "ERROR-500", "RESULT.MESSAGE": "x"}}, Unreachable),
    ("seoul", {"RESULT.CODE": "ERROR-500", "RESULT.MESSAGE": "x"}, Unreachable),
    ("seoul", {"S": {"list_total_count": 5, "RESULT": OK}}, Unreadable),
    ("seoul", {"S": {"RESULT": OK, "row": [1, 2]}}, Unreadable),
    ("seoul", {"sorry": "x"}, Unreadable),
    ("seoul", {"A": {"row": []}, "B": {"row": []}}, Unreadable),
    ("seoul", [], Unreadable),
    ("seoul", f"{XML}<AccInfo/>", Unreadable),
    ("seoul", "<!DOCTYPE html><html><body>서비스 점검중입니다</body></html>", Unreachable),
    ("seoul", "<!DOCTYPE html><html><body>점검</body></html>".encode("cp949"), Unreachable),
    ("seoul", "<html><head><title>502 Bad Gateway</title></head></html>", Unreachable),
    ("seoul", "<html><body>자동입력 방지문자</body></html>", Refused),
    ("seoul", "<html><body>Access Denied</body></html>", Refused),
    ("seoul", "서비스 점검중입니다", Unreachable),
    ("seoul", "LIMITED NUMBER OF SERVICE REQUESTS EXCEEDS ERROR", Refused),
    ("seoul", "가나다".encode("cp949"), Unreadable),
    ("seoul", "hello", Unreadable),
    ("seoul", b"", Unreadable),
    ("seoul", b"\xef\xbb\xbf \r\n", Unreadable),
    ("seoul", '{"S":"반만', Unreadable),
    ("subway", {"status": 500, "code": "INFO-100", "message": "인증키"}, Refused),
    ("subway", {"status": 500, "code": "ERROR-500", "message": "서버"}, Unreachable),
    ("subway", {"errorMessage": SUBWAY}, Unreadable),
    ("subway", {"realtimeArrivalList": []}, Unreadable),
    *[("kma", gate(r), Refused) for r in ("30", "31", "32", "20", "22", "12")],
    *[("kma", gate(r), Unreachable) for r in ("01", "04", "05", "99")],
    ("kma", {"response": {"header": {"resultCode": "30", "resultMsg": "x"}}}, Refused),
    ("kma", {"response": {"header": {"resultCode": "99", "resultMsg": "x"}}}, Unreachable),
    ("kma", kma(things=[]), Unreadable),
    ("kma", {"response": None}, Unreadable),
    ("safetydata", {"header": {"resultCode": "30", "resultMsg": "x"}, "body": None}, Refused),
    ("its", {"response": {"resultCode": "4005", "resultMsg": "인증키"}}, Refused),
    ("its", {"response": {"datacount": 3}}, Unreadable),
    ("its", {"data": []}, Unreadable),
    *[("bus", bus(c), Refused) for c in ("2", "3", "5", "7")],
    *[("bus", bus(c), Unreachable) for c in ("1", "6")],
    ("bus", {"error": "Unauthorized", "message": "serviceKey …", "status": 401}, Refused),
    ("bus", {"error": "Internal Server Error", "status": 500, "path": "/x"}, Unreachable),
    ("drop", "<Error><Code>AccessDenied</Code></Error>", Unreadable),
    ("drop", "<html>점검</html>", Unreachable),
]  # fmt: skip


@pytest.mark.parametrize(("portal", "body", "kind"), ERRORS)
def test_what_is_said_instead_is_told_apart(portal, body, kind):
    with pytest.raises((Refused, Unreachable, Unreadable)) as problem:
        getattr(envelope, portal)(said(body))

    assert type(problem.value) is kind
    assert len(str(problem.value)) <= 300


def test_a_spent_quota_is_left_alone_for_long():
    for portal, body in (("seoul", coded("ERROR-337")), ("kma", gate("22"))):
        with pytest.raises(Refused) as problem:
            getattr(envelope, portal)(said(body))
        assert problem.value.wait == 3600


def test_values_come_as_they_are():
    row = {"a": "01009", "b": 1002.0, "c": None, "d": 3, "e": [{"f": 1}], "g": ""}
    frame = envelope.seoul(said({"S": {"RESULT": OK, "row": [row, {"a": "x"}]}}))

    assert frame.iloc[0].to_dict() == row
    assert {str(dtype) for dtype in frame.dtypes} == {"object"}


def test_an_element_of_xml_is_text_and_a_repeated_one_a_list():
    body = f"{XML}<S>{DONE}<row xmlns:q='u'><q:a> 1 </q:a><b/><c>x</c><c>y</c></row></S>"

    assert envelope.seoul(said(body)).to_dict("records") == [{"a": "1", "b": "", "c": ["x", "y"]}]


def test_a_message_is_plain_and_short():
    with pytest.raises(Refused) as problem:
        envelope.seoul(said({"RESULT": {"CODE": "INFO-100", "MESSAGE": "<b>x</b>" + "가" * 9999}}))

    assert str(problem.value).startswith("INFO-100 x가") and len(str(problem.value)) < 200


def test_a_drop_is_what_it_says():
    assert envelope.drop(b'{"times": [], "n": [null, 1.5]}') == {"times": [], "n": [None, 1.5]}


def test_brackets_inside_texts_are_no_levels_and_line_breaks_in_them_are_forgiven():
    row = {"t": "[" * 5000 + '\\"{' * 50}
    frame = envelope.seoul(said({"S": {"RESULT": OK, "row": [row]}}))
    loose = envelope.seoul(b'{"S":{"row":[{"t":"first\nsecond\tline"}]}}')

    assert frame["t"][0] == row["t"]
    assert loose["t"][0] == "first\nsecond\tline"


@given(
    strategies.recursive(
        strategies.text("[]{}가", max_size=6) | strategies.text('[]{}"\\', max_size=6),
        lambda one: strategies.lists(one, max_size=3),
        max_leaves=40,
    )
)
def test_levels_are_counted_as_they_are(told):
    def deep(one):
        return 1 + max(map(deep, one), default=0) if isinstance(one, list) else 0

    assert _levels(json.dumps(told, ensure_ascii=False).encode()) == deep(told)


@pytest.mark.parametrize("levels", [10, 40])
def test_ordinary_depth_is_read(levels):
    value = 1
    for _ in range(levels):
        value = [value]

    assert envelope.drop(said(value)) == value
