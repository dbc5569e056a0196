"""How often a property is tried: a little and always the same, or, in a long battery, much and by chance."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

# How busy the machine is must not decide whether a property holds.
settings.register_profile(
    "test", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
# Other tries each time, and words that bring a failure back.
settings.register_profile("prove", settings.get_profile("test"), derandomize=False, print_blob=True)
# Of long families of tests only a part, always the same one.
IS_SAMPLE = os.environ.get("KHCAL_SAMPLE") == "1"
PROFILE, TIMES = ("prove", 50) if os.environ.get("KHCAL_PROVE") == "1" else ("test", 1)
settings.load_profile(PROFILE)


def tries(number: int) -> settings:
    """So many tries; fifty times as many with KHCAL_PROVE=1 in the environment."""
    return settings(settings.get_profile(PROFILE), max_examples=number * TIMES)
