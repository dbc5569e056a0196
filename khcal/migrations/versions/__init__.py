"""Steps from one form of the database to the next. A step imports nothing from khcal."""
