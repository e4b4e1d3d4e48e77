"""SearchFAQOfGUListService: the districts as 120 numbers them, from 300."""

from data.sim._open_data import Table
from data.sim._tables import table


class DasanFaq(Table):
    """Twenty-five rows of two strings."""

    name = "SearchFAQOfGUListService"

    def rows(self, args, request):
        """In the order of the districts."""
        names = [row["name_ko"] for row in table("districts")]
        return [{"CODE": str(300 + n), "CD_DESC": name} for n, name in enumerate(names)]
