"""SeoulLibraryMemberInfo: the members of the city's library by age; a few join every day."""

from datetime import date

from data.sim._open_data import Table

MEMBERS = {  # on 1 January 2022, and how many join a day
    "10대 미만": (9_800, 2.1), "10대": (31_400, 5.2), "20대": (98_700, 14.6),
    "30대": (112_300, 13.9), "40대": (103_900, 11.2), "50대": (58_200, 7.4),
    "60대 이상": (36_500, 5.8),
}  # fmt: skip
SINCE = date(2022, 1, 1)


class LibraryMembers(Table):
    """Seven rows."""

    name = "SeoulLibraryMemberInfo"

    def rows(self, args, request):
        """As they stand today."""
        days = (request.now.date() - SINCE).days
        return [
            {"AGE_RANGE": ages, "MBR_CNT": max(round(held + joined * days), 0)}
            for ages, (held, joined) in MEMBERS.items()
        ]
