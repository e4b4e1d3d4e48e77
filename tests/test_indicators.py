"""The indicators: their values by year, what each is and its goal."""

from data._indicators import indicators


def test_every_indicator_has_values_and_a_goal(full):
    known, frame = indicators(), full.indicators.frame

    assert len(known) == 61 and set(frame["indicator_id"]) == set(known)
    assert not frame.duplicated(["indicator_id", "year"]).any()
    assert set(frame["mark"]) <= {"found", "known", "estimate"}
    assert frame["mark"].eq("estimate").sum() == 254
    assert all(part[x] for one in known.values() for part in (one.name, one.question) for x in part)
    assert not known["I29"].guess, "a grave matter is no game"
