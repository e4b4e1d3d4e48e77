"""The envelope of apis.data.go.kr in JSON, and the XML in which it refuses, whatever was asked."""

import json

from data.sim._service import Reply

DENIED = (
    "<OpenAPI_ServiceResponse><cmmMsgHeader><errMsg>SERVICE ERROR</errMsg>"
    "<returnAuthMsg>{0}</returnAuthMsg><returnReasonCode>{1}</returnReasonCode>"
    "</cmmMsgHeader></OpenAPI_ServiceResponse>"
)
REASONS = {
    "key": ("SERVICE_KEY_IS_NOT_REGISTERED_ERROR", 30),
    "quota": ("LIMITED_NUMBER_OF_SERVICE_REQUESTS_EXCEEDS_ERROR", 22),
}


def denied(why: str) -> Reply:
    """The gateway's word for a wrong ``key`` or a used-up ``quota``."""
    return Reply(DENIED.format(*REASONS[why]).encode(), "text/xml")


def replied(code: str, message: str, body: dict | None = None) -> Reply:
    """One answer in JSON; without a body when there is nothing to give."""
    told = {"header": {"resultCode": code, "resultMsg": message}} | ({"body": body} if body else {})
    return Reply(json.dumps({"response": told}, ensure_ascii=False).encode())
