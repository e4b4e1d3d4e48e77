"""ListPublicReservation in its five kinds: courts, halls, courses, shows, health; invented."""

from datetime import datetime, timedelta

from data.sim._calendar import midnight
from data.sim._chance import among, chance, pick
from data.sim._culture import moment, stamp
from data.sim._open_data import Table
from data.sim._tables import table

LONG = "1. 공공시설 예약서비스 이용시 필수 준수사항\r\n<p>연습 도시의 지어낸 안내입니다.</p>\r\n"


class ReservationCulture(Table):
    """A service opens for booking some weeks ahead, fills up, and is closed."""

    name = "ListPublicReservationCulture"
    group, many, digit = "문화체험", 70, 1
    kinds = ("공연", "전시/관람", "문화행사", "공원탐방")
    places, called = "culture_venues", "{place} {kind}"

    def rows(self, args, request):
        """Those of this month and the next, by place."""
        districts = {row["gu_code"]: row["name_ko"] for row in table("districts")}
        there = [place for place in table(self.places) if place.get("gu_code") in districts]
        return [
            self._row(n, there[n % len(there)], districts, month, request.now)
            for n in range(self.many)
            for month in (0, 1)
        ]

    def _row(self, n, place, districts, ahead, now):
        first = (now.replace(day=1) + timedelta(days=31 * ahead)).date().replace(day=1)
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        key = (self.world.seed, self.name, n, first)
        kind = pick(self.kinds, *key, "kind")
        books = midnight(first) - timedelta(days=int(among(8, 30, *key, "opens")) - 0.375)
        until = midnight(last) - timedelta(days=int(among(1, 10, *key, "closes")), minutes=1)
        full = books + (until - books) * among(0.2, 2.0, *key, "full")
        lon, lat = ("", "") if chance(*key, "nowhere") < 0.03 else (place["lon"], place["lat"])
        name = place["name_ko"] + ("주민센터" if self.places == "dongs" else "")
        number = f"S{first:%y%m}{self.digit}{n:04d}"
        return {
            "GUBUN": "자체",
            "SVCID": number,
            "MAXCLASSNM": self.group,
            "MINCLASSNM": kind,
            "SVCSTATNM": _status(now, books, full, until),
            "SVCNM": f"{self.called.format(place=name, kind=kind)} ({first:%y}. {first.month}월)",
            "PAYATNM": "무료" if chance(*key, "free") < 0.5 else "유료",
            "PLACENM": name,
            "USETGTINFO": " 제한없음",
            "SVCURL": "https://yeyak.seoul.go.kr/web/reservation/selectReservView.do"
            f"?rsv_svc_id={number}",
            "X": lon,
            "Y": lat,
            "SVCOPNBGNDT": stamp(first),
            "SVCOPNENDDT": stamp(last),
            "RCPTBGNDT": moment(books),
            "RCPTENDDT": moment(until),
            "AREANM": districts[place["gu_code"]],
            "IMGURL": "",
            "DTLCONT": LONG,
            "TELNO": "",
            "V_MIN": "09:00",
            "V_MAX": "18:00",
            "REVSTDDAYNM": "이용일",
            "REVSTDDAY": "1",
        }


class ReservationInstitution(ReservationCulture):
    """Halls and rooms."""

    name = "ListPublicReservationInstitution"
    group, many, digit = "공간시설", 90, 2
    kinds = ("강당", "다목적실", "회의실", "캠핑장")
    places, called = "dongs", "{place} {kind} 대관"


class ReservationSport(ReservationCulture):
    """Courts and pitches in parks."""

    name = "ListPublicReservationSport"
    group, many, digit = "체육시설", 120, 3
    kinds = ("테니스장", "풋살장", "축구장", "배드민턴장", "족구장", "농구장")
    places, called = "parks", "{place} {kind}"


class ReservationEducation(ReservationCulture):
    """Courses."""

    name = "ListPublicReservationEducation"
    group, many, digit = "교육강좌", 90, 4
    kinds = ("교양/어학", "정보통신", "자연/과학", "미술제작", "건강/스포츠")
    places, called = "dongs", "{place} {kind} 교실"


class ReservationMedical(ReservationCulture):
    """Health."""

    name = "ListPublicReservationMedical"
    group, many, digit = "진료복지", 12, 5
    kinds = ("건강검진", "예방접종", "상담")
    places, called = "dongs", "{place} {kind}"


def _status(now: datetime, books: datetime, full: datetime, until: datetime) -> str:
    if now < books:
        return "안내중"
    if now >= until:
        return "접수종료"
    return "예약마감" if now >= full else "접수중"
