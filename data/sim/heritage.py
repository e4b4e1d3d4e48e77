"""The Smart Seoul Map, theme 100032: pages of places around a point, entities in their names."""

import html
import json
import math

from data.sim._service import KEY, Reply, Service
from data.sim._tables import table

THEME = "100032"


class SmartMapThemes(Service):
    """Numbers of the header as text; a wrong key is resultCode 401, which is our guess."""

    route = "/map.seoul.go.kr/openapi/v5/{key}/public/themes/contents/ko"

    def answer(self, request):
        """One page of the theme asked; of any other theme there is nothing."""
        if request.parts["key"] != KEY:
            return self.refusal("key")
        size, page = (int(request.query.get(n) or 1) for n in ("page_size", "page_no"))
        rows = _places() if request.query.get("theme_id") == THEME else []
        told = rows[size * (page - 1) : size * page]
        header = {
            "resultCode": "200",
            "PAGE_NO": str(page),
            "PAGE_SIZE": str(size),
            "PAGE_COUNT": str(math.ceil(len(rows) / size)),
            "TOTAL_COUNT": str(len(rows)),
            "DATA_COUNT": str(len(told)),
        }
        return Reply(json.dumps({"header": header, "body": told}, ensure_ascii=False).encode())

    def refusal(self, why):
        """A header alone."""
        code = {"key": "401", "quota": "429"}[why]
        return Reply(json.dumps({"header": {"resultCode": code}, "body": []}).encode())


def _places() -> list[dict]:
    districts = {row["gu_code"]: row["name_ko"] for row in table("districts")}
    return [
        {
            "COT_THEME_ID": THEME,
            "COT_CONTS_ID": f"{THEME}_{row['heritage_id']}",
            "COT_CONTS_NAME": html.escape(row["name_ko"]).replace("·", "&middot;"),
            "COT_COORD_X": float(row["lon"]),
            "COT_COORD_Y": float(row["lat"]),
            "COT_GU_NAME": districts[row["gu_code"]],
            "COT_ADDR_FULL_NEW": f"서울특별시 {districts[row['gu_code']]}",
            "COT_TEL_NO": "",
            "COT_VALUE_01": f"{row['since']}년" if row["since"].isdigit() else "",
            "COT_IMG_MAIN_URL": "",
        }
        for row in table("heritage")
    ]
