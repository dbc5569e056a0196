"""What ``bin/bench`` measures: khcal beside a bare server that answers the same bytes, turn by turn."""
