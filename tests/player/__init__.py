"""What makes a small computer a screen: its script, its units, its watch, and a browser that is killed."""
