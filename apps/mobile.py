"""The citizens' page: the city in the hand and on the desk, and the index of the house."""

from apps._page import Page


class Mobile(Page):
    """320 to 1920 px wide, light or dark as the viewer's system says."""

    url = "/"
    title = "Citizens' page"
    purpose = "citizens: phone, tablet, desk"
