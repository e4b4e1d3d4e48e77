"""The one place that knows which city this is."""

from zoneinfo import ZoneInfo

NAME = "Seoul"
ZONE = ZoneInfo("Asia/Seoul")
CENTRE = (126.9779, 37.5663)  # degrees east, north: City Hall
BOUNDS = (126.73, 37.41, 127.27, 37.72)  # west, south, east, north: nothing outside is "in Seoul"
TM = 5181  # EPSG code of the portals' TM coordinates (GRS80, central belt)
