"""The kiosk: what a commuter wants to know, in the station where it stands."""

from apps._page import Page


class Kiosk(Page):
    """2160 x 3840, upright, 100 inch; everything to be touched is in its lower part."""

    url = "/kiosk"
    title = "Kiosk"
    purpose = "a kiosk in a station, 2160 x 3840"
    theme = "kiosk"
    surface = "kiosk"
    window = 2160
    stations = {"hongdae": "홍대입구", "yeouido": "여의도", "changdong": "창동"}
