"""The calendar itself: pure Python, no Flask and no database."""
