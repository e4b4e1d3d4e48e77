"""The practice city: answers on loopback in the portals' own wire formats, from one seeded world.

``python -m data.sim --port 5007`` prints its address and serves until its parent ends. Every
portal has its folder, named like its host: ``/openapi.seoul.go.kr/practice/json/bikeList/1/1000``;
the key is ``practice``, or ``sample`` for five rows. ``/clock`` tells its time.

A file without an underscore holds the services of one feed's portal; a new one is found by being
there. The environment sets:

    SIM_SEED     which city it is (1)
    SIM_START    its time when it starts: ISO 8601, or now (2022-08-08T20:00+09:00, the great rain)
    SIM_SPEED    city seconds a second (20)
    SIM_FAULTS   what goes wrong, by file: air_quality:timeout,cctv:html@0.3 (``_faults.py``)

A city that has its own live population signal gives it as ``population_drop.py`` describes.
"""
