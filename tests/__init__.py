"""The tests of khcal, by what they need: nothing, an app, a browser, a real database, other programs."""
