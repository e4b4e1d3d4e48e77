"""The news agency's RSS 2.0: /rss/news.xml. Some titles are escaped twice, some media untyped."""

from email.utils import format_datetime
from html import escape

from data.sim._chance import chance
from data.sim._rss import feed
from data.sim._service import Service
from data.sim._voice import Headline, Voice

MANY = 100  # items


class NewsAgency(Service):
    """The newest hundred."""

    route = "/www.yna.co.kr/rss/news.xml"

    def answer(self, request):
        """Newest first."""
        told = list(self.world.part(Voice).headlines(request.now, MANY))
        return feed("최신기사", "https://www.yna.co.kr", told[0].at, [self._item(h) for h in told])

    def _item(self, told: Headline) -> str:
        link = f"https://www.yna.co.kr/view/AKR{told.at:%Y%m%d%H%M%S}501"
        media = chance(self.world.seed, "media", told.number)
        kind = ' type="image/jpeg"' if media < 0.4 else ""
        image = f'<media:content url="https://img.yna.co.kr/{told.number}.jpg"{kind}/>'
        return (
            f"<item><title><![CDATA[{told.title}]]></title><link>{link}</link>"
            f"<pubDate>{format_datetime(told.at)}</pubDate><dc:creator>연습 기자</dc:creator>"
            f"<description>{escape('(서울=연합뉴스) 연습 도시의 지어낸 기사입니다.')}</description>"
            f"{image if media < 0.7 else ''}</item>"
        )
