"""Benches: what a turn costs, what survives a crash, what a person meets. Real processes, real servers, loopback only.

    python -m bench.turns            speed, beside an ordinary bot on the same machine
    python -m bench.people           three hundred personas talk to the whole house

Every run is bounded, stops by itself and ends only the processes it started.
"""
