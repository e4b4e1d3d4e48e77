"""ListNecessariesPricesService: prices as strings, sequence numbers as floats, 0 for not sold."""

import os

from data.sim._market import ITEMS, Market
from data.sim._open_data import Table
from data.sim._tables import table


class NecessariesPrices(Table):
    """The names of 2026, the item apart from its unit; those of before with ``SIM_OLD_NAMES=1``."""

    name = "ListNecessariesPricesService"

    def rows(self, args, request):
        """Newest first; market, item, month, kind of market and district may be asked."""
        old = os.environ.get("SIM_OLD_NAMES") == "1"
        districts = {row["gu_code"]: row["name_ko"] for row in table("districts")}
        told = self.world.part(Market).told(request.now)
        rows = [self._row(price, districts[price.gu_code], old) for price in told]
        asked = ("M_NAME", "A_NAME" if old else "PRDLST_NM", "P_YEAR_MONTH", "M_TYPE_NAME")
        wanted = dict(zip((*asked, "M_GU_NAME"), args, strict=False))
        return [r for r in rows if all(not v or v in r[k] for k, v in wanted.items())]

    def _row(self, price, district, old):
        item = price.item
        inside = ", ".join(part for part in (item.kind, item.unit) if part)
        return {
            "P_SEQ": float(price.number),
            "M_SEQ": float(price.gu_code[2:]) + (1000 if price.kind == "대형마트" else 0),
            "M_NAME": price.market,
            "A_SEQ": 300.0 + ITEMS.index(item),
            **(
                {"A_NAME": f"{item.name}({inside})", "A_UNIT": item.unit}
                if old
                else {
                    "PRDLST_NM": f"{item.name}({item.kind})" if item.kind else item.name,
                    "UNIT": item.unit,
                }
            ),
            "A_PRICE": str(price.won),
            "P_YEAR_MONTH": f"{price.day:%Y-%m}",
            "ADD_COL": "국내산",
            "P_DATE": f"{price.day:%Y-%m-%d}",
            "M_TYPE_CODE": "001" if price.kind == "전통시장" else "002",
            "M_TYPE_NAME": price.kind,
            "M_GU_CODE": f"{price.gu_code[2:]}000",
            "M_GU_NAME": district,
        }
