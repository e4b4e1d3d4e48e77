"""The drop of the major projects, as their departments last reported them."""

from data.sim._drops import put
from data.sim._projects import Projects
from data.sim._service import Service

TOLD = (
    "name_ko", "name_en", "theme_ko", "theme_en", "gu_code", "place", "owner_ko", "owner_en",
)  # fmt: skip


class ProjectsDrop(Service):
    """Renewed every hour; what a project tells is of its last report."""

    route = "/drop/projects.json"

    def answer(self, request):
        """All twenty-six."""
        now = request.now.replace(minute=0, second=0, microsecond=0)
        return put(now, "projects", [_row(p, now) for p in self.world.part(Projects).all])


def _row(project, now):
    then = project.reported(now)
    state = project.state(then)
    return {
        "id": project.row["project_id"],
        **{name: project.row[name] for name in TOLD},
        "picture": "",
        "progress": project.progress(then),
        "planned": project.planned(then),
        "deadline": project.row["ends"],
        "state_ko": state[0],
        "state_en": state[1],
        "changed_at": then.isoformat(),
    }
