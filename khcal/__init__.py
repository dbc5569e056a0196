"""The activity calendar of Kraftens hus.

The package root imports nothing: the pure calendar code below can be used without Flask.
"""

__version__ = "0.1.0"
