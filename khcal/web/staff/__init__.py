"""Pages of the staff, behind their log-in."""
