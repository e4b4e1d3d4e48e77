"""culturalEventInfo: strings all, newest start first, LOT and LAT now and then exchanged."""

from data.sim._chance import chance
from data.sim._culture import Culture, stamp
from data.sim._open_data import Table


class CulturalEvents(Table):
    """What begins in the months around today; a date asked is one that an event goes on at."""

    name = "culturalEventInfo"

    def rows(self, args, request):
        """Kind, title and date (a day, or the beginning of one) may be asked; a blank is any."""
        kind, title, when = [*(arg.strip() for arg in args), "", "", ""][:3]
        shows = self.world.part(Culture).on(request.now.date())
        return [
            self._row(show)
            for show in shows
            if kind in show.kind
            and title in show.title
            and (not when or f"{show.first}"[: len(when)] <= when <= f"{show.last}"[: len(when)])
        ]

    def _row(self, show):
        venue, fee = show.venue, f"전석 {show.won:,}원" if show.won else ""
        place = [venue["lon"], venue["lat"]]
        if chance(self.world.seed, "exchanged", show.number) < 0.03:
            place.reverse()
        return {
            "CODENAME": show.kind,
            "GUNAME": venue["district"],
            "TITLE": show.title,
            "DATE": f"{show.first}~{show.last}",
            "PLACE": venue["name_ko"],
            "ORG_NAME": venue["name_ko"],
            "USE_TRGT": "누구나" if show.won == 0 else "8세 이상",
            "USE_FEE": fee,
            "INQUIRY": "",
            "PLAYER": "",
            "PROGRAM": "연습 도시의 지어낸 행사입니다.",
            "ETC_DESC": "",
            "ORG_LINK": "",
            "MAIN_IMG": "",
            "RGSTDATE": f"{show.registered}",
            "TICKET": "기관",
            "STRTDATE": stamp(show.first),
            "END_DATE": stamp(show.last),
            "THEMECODE": "기타",
            "LOT": place[0],
            "LAT": place[1],
            "IS_FREE": "유료" if show.won else "무료",
            "HMPG_ADDR": "https://culture.seoul.go.kr/culture/culture/cultureEvent/view.do"
            f"?cultcode={show.number}&menuNo=200008",
            "PRO_TIME": show.hours,
        }
