"""Small counts stay untold, and the practice city's registers agree with each other."""

import json
from datetime import datetime

import pytest

from data import ZONE, feeds
from data.sim._projects import Projects
from data.sim._service import Request
from data.sim._world import World
from data.sim.inconvenience_reports import InconvenienceReports
from data.sim.job_buses import JobBuses
from data.sim.projects import ProjectsDrop
from data.sim.rent_disputes import RentDisputes
from data.sim.visiting_nurses import VisitingNurses
from data.sim.welfare_centres import WelfareCentres

SMALL = [("visiting_nurses", "visits", "done", "under_five")]
SMALL += [("rent_disputes", "weeks", "closed", "few")]


@pytest.fixture(scope="module")
def world():
    return World(1)


def at(service, name, when):
    """The frame of what a drop says at that moment."""
    now = datetime.fromisoformat(when).replace(tzinfo=ZONE)
    return feeds[name].read([(feeds[name].url, service.answer(Request({}, {}, now)).body)])


@pytest.mark.parametrize(("name", "rows", "count", "flag"), SMALL)
@pytest.mark.parametrize("told", [0, 1, 4, "3", "5 미만"])
def test_a_count_under_five_never_leaves_its_feed(name, rows, count, flag, told, reply):
    [(url, body)] = reply(name)
    file = json.loads(body)
    file[rows] = [row | {count: told} for row in file[rows]]

    frame = feeds[name].read([(url, json.dumps(file).encode())])

    assert frame[count].isna().all() and frame[flag].all()


@pytest.mark.parametrize(("name", "rows", "count", "flag"), SMALL)
def test_a_count_that_is_not_known_is_not_a_small_one(name, rows, count, flag, reply):
    [(url, body)] = reply(name)
    file = json.loads(body)
    others = {"planned": 9, "received": 9, "mediated": 9}
    file[rows] = [{**row, **{n: 9 for n in others if n in row}, count: None} for row in file[rows]]

    frame = feeds[name].read([(url, json.dumps(file).encode())])

    assert frame[count].isna().all() and not frame[flag].any()


def test_visits_grow_through_the_day_and_stop_at_six(world):
    centres = WelfareCentres(world)
    days = [
        at(centres, "welfare_centres", f"2022-08-04T{hour}:00:00")["visits"].sum()
        for hour in ("08", "11", "18", "22")
    ]

    assert days[0] == 0 < days[1] < days[2] == days[3]
    assert at(centres, "welfare_centres", "2022-08-07T12:00:00")["visits"].sum() == 0


def test_the_great_rain_keeps_visits_off(world):
    frame = at(VisitingNurses(world), "visiting_nurses", "2022-08-08T20:10:00")
    sums = frame.dropna().groupby(frame["day"].dt.day)[["done", "planned"]].sum()
    share = sums["done"] / sums["planned"]

    assert share.max() < 1 and share[8] < share[5] and share[8] < share[4]


def test_what_is_mediated_is_also_closed(world):
    frame = at(RentDisputes(world), "rent_disputes", "2022-08-08T20:10:00").dropna()

    assert len(frame) and (frame["mediated"] <= frame["closed"]).all()
    assert frame["week"].dt.day_of_week.eq(0).all()


def test_no_job_bus_is_out_on_a_sunday(world):
    buses = JobBuses(world)
    noon = at(buses, "job_buses", "2022-08-04T12:30:00")

    assert at(buses, "job_buses", "2022-08-07T12:30:00").empty
    assert noon["advised"].gt(0).equals(noon["starts_at"] < noon["observed_at"])
    assert not noon.duplicated("place").any()


async def test_an_empty_list_is_as_old_as_its_file(still):
    feed = type(feeds.job_buses)(name="job_buses")
    told = {"observed_at": "2022-08-05T09:00:00+09:00", "stops": []}

    await feed.hear([(feed.url, json.dumps(told).encode())])

    assert feed.frame.empty and feed.state() == "silent"


def test_no_project_ever_goes_back(world):
    months = [datetime(2018 + m // 12, m % 12 + 1, 15, tzinfo=ZONE) for m in range(200)]
    for project in world.part(Projects).all:
        done = [project.progress(month) for month in months]
        assert done == sorted(done) and done[-1] == 100


def test_a_project_tells_its_last_report(world):
    frame = at(ProjectsDrop(world), "projects", "2022-08-01T08:00:00")

    assert len(frame) == 26
    assert (frame["changed_at"] < frame["observed_at"]).all()
    assert frame["state_en"].eq("Done").equals(frame["progress"].eq(100))


def test_a_picture_of_a_stranger_is_none(reply):
    [(url, body)] = reply("projects")
    file = json.loads(body)
    file["projects"][0]["picture"] = "https://news.seoul.go.kr/a.jpg"
    file["projects"][1]["picture"] = "https://elsewhere.example/a.jpg"

    frame = feeds.projects.read([(url, json.dumps(file).encode())])

    assert frame["picture"][:2].tolist() == ["https://news.seoul.go.kr/a.jpg", ""]


@pytest.mark.parametrize("when", ["2022-01-03", "2022-02-02", "2022-08-08", "2022-12-31"])
def test_a_running_year_is_not_read(world, when):
    feed, now = feeds.inconvenience_reports, datetime.fromisoformat(when).replace(tzinfo=ZONE)
    asked = dict(key="practice", type="json", start="1", end="1000", args="/")
    body = InconvenienceReports(world).answer(Request(asked, {}, now)).body

    frame = feed.read([(feed.url, body)])

    assert frame["month"].dt.year.unique().tolist() == list(range(2012, 2022))
    assert len(frame) == 120 and frame["reports"].gt(0).all()


def test_a_job_cafe_is_found_by_its_name_however_it_is_spaced(full):
    frame = full.job_cafes.frame.set_index("name")

    assert (frame["mark"] != "").equals(frame["lon"].notna())
    assert frame.index[frame["lon"].isna()].tolist() == ["마포중앙도서관"]
    assert (frame["gu_code"] != "").all()
