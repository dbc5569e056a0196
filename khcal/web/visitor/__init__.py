"""Pages and feeds for visitors: no session, no cookie."""
