"""Lobby screens: what they show, and what they send."""
