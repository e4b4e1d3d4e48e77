"""Addresses that end in a day, ``…/{YYYYMMDD}/``, or in a month, ``…/{YYYYMM}/``."""

import re
from datetime import datetime, timedelta

DAY = re.compile(r"/(\d{8})/$")
MONTH = re.compile(r"/(\d{6})/$")


def days_ago(now: datetime, days: int) -> str:
    """``YYYYMMDD`` so many days before now."""
    return f"{now - timedelta(days=days):%Y%m%d}"


def month_before(month: datetime) -> str:
    """``YYYYMM`` of the month before the one that holds that moment."""
    return f"{month.replace(day=1) - timedelta(days=1):%Y%m}"


def before(url: str) -> str:
    """The same address for the day, or the month, before."""
    if told := DAY.search(url):
        return DAY.sub(f"/{days_ago(datetime.strptime(told[1], '%Y%m%d'), 1)}/", url)
    month = datetime.strptime(MONTH.search(url)[1], "%Y%m")
    return MONTH.sub(f"/{month_before(month)}/", url)
