"""The drop: a city's own live population signal, as a file that it puts where we may read it.

``GET <drop>/living_population.json``, renewed every ten minutes::

    {"source": "who counted, to be shown beside the numbers",
     "observed_at": "2022-08-08T20:00:00+09:00",
     "times": ["2022-08-06T19:00:00+09:00", …, "2022-08-08T20:00:00+09:00"],
     "dongs": ["11110515", …],
     "population": [[12038, …], …]}

``times`` are the last 50 full hours, oldest first, and then the newest ten minutes; each is the
moment the count is of, ISO 8601 with its offset. ``dongs`` are administrative dongs, 8 digits,
text. ``population`` has one list per dong with one number per time: people present, an estimate;
``null`` where it is not known. ``observed_at`` is the newest of the times.
"""

import json
from datetime import timedelta

from data.sim._service import Reply, Service

HOURS = 50
LATE = timedelta(minutes=10)  # how long the counting takes


class LivingPopulationDrop(Service):
    """The practice city's own, of its own people."""

    route = "/drop/living_population.json"

    def answer(self, request):
        """Everything in one answer: about 120 kB."""
        newest = request.now - LATE
        newest = newest.replace(minute=newest.minute // 10 * 10, second=0, microsecond=0)
        hour = newest.replace(minute=0)
        times = [hour - timedelta(hours=n) for n in range(HOURS - 1, -1, -1)]
        times += [newest] if newest != hour else []
        people = self.world.people
        counts = [people.at(t).round().astype(int).tolist() for t in times]
        told = {
            "source": "연습 도시",
            "observed_at": newest.isoformat(),
            "times": [t.isoformat() for t in times],
            "dongs": people.dongs,
            "population": [list(row) for row in zip(*counts, strict=True)],
        }
        return Reply(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode())
