"""The wall: one picture of the city, read from three to eight metres."""

from apps._page import Page


class Wall(Page):
    """3840 x 2160, dark, nothing to touch."""

    url = "/wall"
    title = "Wall"
    purpose = "the wall of the mayor's office, 3840 x 2160"
    theme = "dark"
    surface = "wall"
    window = 3840
