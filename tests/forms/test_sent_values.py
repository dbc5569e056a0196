"""What a browser sends of a form, and what somebody has changed of it."""

from __future__ import annotations

from werkzeug.datastructures import MultiDict

from khcal.calendaring.terms import Kind
from khcal.forms.event import EventForm
from khcal.forms.sent_values import as_sent, changed_by_hand, with_filled

NAMES = ("title", "text", "starts", "audience", "kind", "all_day", "price")


def test_an_untouched_form_is_sent_as_it_is_shown() -> None:
    sent = as_sent(EventForm(data={"title": "Fika", "kind": Kind.COMMUNITY, "all_day": True}))
    assert (sent["title"], sent["kind"], sent["all_day"], sent["price"]) == ("Fika", "community", "y", "0")
    assert sent.getlist("audience") == ["everyone"]
    assert "everywhere" not in sent


def test_what_a_browser_does_to_a_text_is_no_change() -> None:
    filled = as_sent(EventForm(data={"text": "Ett\nTvå", "title": "Fika"}))
    sent = filled.copy()
    sent["text"], sent["title"] = "Ett\r\nTvå", " Fika "
    assert not changed_by_hand(EventForm(sent), filled, NAMES)


def test_what_was_changed_is_found() -> None:
    filled = as_sent(EventForm(data={"title": "Fika"}))
    sent = filled.copy()
    sent["title"], sent["starts"], sent["kind"] = "", "trettio", "calm"
    sent.setlist("audience", ["member", "everyone"])
    assert changed_by_hand(EventForm(sent), filled, NAMES) == {"title", "starts", "kind", "audience"}


def test_only_the_named_fields_are_filled() -> None:
    sent = MultiDict([("title", "Fika"), ("audience", "member"), ("all_day", "y")])
    filled = MultiDict([("title", "Te"), ("audience", "everyone"), ("audience", "patient")])
    whole = with_filled(sent, filled, ["audience", "all_day"])
    assert whole.to_dict(flat=False) == {"title": ["Fika"], "audience": ["everyone", "patient"]}
