"""The lobby screen in a real browser, whose clock and server the tests hold in their hands."""
