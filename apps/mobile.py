"""The citizens' page: the city in the hand and on the desk, and the index of the house."""

from apps._page import Page


class Mobile(Page):
    """320 to 1920 px wide, light or dark as the viewer's system says."""

    url = "/"
    title = "Citizens' page"
    purpose = "citizens: phone, tablet, desk"
    asks = ("geolocation",)  # what is near; the place stays in the browser
    every = True
    choices = {
        "People and roads": "crowd_cells road_lines district_names district_figures",
        "Incidents": "incident_pins road_lines district_names",
        "Public bikes": "bike_dots district_names",
        "CCTV": "camera_dots district_names",
        "Subway": "subway_lines station_dots",
        "Air": "air_areas air_dots district_names",
        "Rain and rivers": "rain_dots river_gauges warning_areas district_names",
        "Shelters, emergency rooms": "shelter_dots emergency_dots district_names",
    }
