"""The city's magazine as WordPress gives it: /feed. Its shape is from memory."""

from datetime import timedelta
from email.utils import format_datetime

from data.sim._rss import feed
from data.sim._service import Service
from data.sim._voice import Headline, Voice

MANY = 20
STEP = timedelta(hours=3)


class CityMagazine(Service):
    """The newest twenty."""

    route = "/mediahub.seoul.go.kr/feed"

    def answer(self, request):
        """Newest first."""
        told = list(self.world.part(Voice).headlines(request.now, MANY, STEP))
        home = "https://mediahub.seoul.go.kr"
        return feed("내 손안에 서울", home, told[0].at, [_item(h) for h in told])


def _item(told: Headline) -> str:
    link = f"https://mediahub.seoul.go.kr/archives/{2_000_000 + told.number % 1_000_000}"
    return (
        f"<item><title>{told.title}</title><link>{link}</link>"
        f"<pubDate>{format_datetime(told.at)}</pubDate><guid>{link}</guid>"
        f"<category><![CDATA[{told.subject}]]></category></item>"
    )
