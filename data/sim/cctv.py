"""cctvInfo of the ITS: cameras, and where their stills are for the next hour."""

import hashlib
import json
from datetime import datetime, timedelta

from data.sim._service import KEY, Reply, Request, Service
from data.sim._stills import camera_names, still
from data.sim._tables import table

FORMATS = {"1": "HLS", "2": "MP4", "3": "JPEG", "4": "HLS", "5": "MP4"}
VALID = timedelta(hours=1)  # how long an address of a still is good for
FOLDER = "/openapi.its.go.kr"


def token(number: int, until: int) -> str:
    """What proves that an address was given by us."""
    return hashlib.blake2b(f"{number}/{until}".encode(), digest_size=12).hexdigest()


class CctvInfo(Service):
    """One hit is an object, several a list, none leaves ``data`` out."""

    route = f"{FOLDER}/cctvInfo"

    def answer(self, request):
        """The cameras in the box asked for; ``type=ex`` has those of the motorway alone."""
        asked = request.query
        if asked.get("apiKey") != KEY:
            return self.refusal("key")
        try:
            west, east, south, north = (float(asked[k]) for k in ("minX", "maxX", "minY", "maxY"))
        except (KeyError, ValueError):
            return _error("4004", "필수 요청변수가 없거나 값이 잘못되었습니다.")
        kind = asked.get("cctvType", "1")
        if kind not in FORMATS or asked.get("getType", "json") != "json":
            return _error("4004", "요청변수의 값이 잘못되었습니다.")
        found = [
            self._row(n, row, kind, request)
            for n, row in enumerate(table("cctv"))
            if west <= float(row["lon"]) <= east
            and south <= float(row["lat"]) <= north
            and ("고속도로" in row["road"]) == (asked.get("type") == "ex")
        ]
        told = {"coordtype": 1, "datacount": len(found)}
        if found:
            told["data"] = found if len(found) > 1 else found[0]
        return Reply(json.dumps({"response": told}, ensure_ascii=False).encode())

    def refusal(self, why):
        """HTTP 200, a code and a sentence."""
        if why == "key":
            return _error("4005", "인증되지 않은 인증키(key)입니다.")
        return _error("4006", "일일 요청 한도를 초과하였습니다.")

    def _row(self, n: int, row: dict, kind: str, request: Request) -> dict:
        until = int((request.now + VALID).timestamp())
        address = f"{request.origin}{FOLDER}/still/{n}/{until}/{token(n, until)}.jpg"
        return {
            "roadsectionid": "",
            "coordx": float(row["lon"]),
            "coordy": float(row["lat"]),
            "cctvresolution": "",
            "filecreatetime": "",
            "cctvtype": int(kind),
            "cctvformat": FORMATS[kind],
            "cctvname": camera_names()[n],
            "cctvurl": address,
        }


class CctvStill(Service):
    """A picture of the road at that camera now; an old address is refused."""

    route = f"{FOLDER}/still/{{number:\\d+}}/{{until:\\d+}}/{{token}}.jpg"

    def answer(self, request):
        """A JPEG of 640x360, of 960x540 with ``?w=960``."""
        number, until = int(request.parts["number"]), int(request.parts["until"])
        ended = datetime.fromtimestamp(until, request.now.tzinfo) < request.now
        if token(number, until) != request.parts["token"] or ended or number >= len(table("cctv")):
            return Reply(b"", "text/plain", 403)
        width = 960 if request.query.get("w") == "960" else 640
        moment = request.now.replace(second=request.now.second // 5 * 5, microsecond=0)
        return Reply(still(self.world, number, moment, width), "image/jpeg")


def _error(code: str, message: str) -> Reply:
    body = {"response": {"resultCode": code, "resultMsg": message}}
    return Reply(json.dumps(body, ensure_ascii=False).encode())
