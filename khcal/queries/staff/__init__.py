"""Reads for staff: their house's programme with drafts and notes, and what a new date may run into.

One file a page or noun; what several pages ask is named here.
"""

from .programme import Draft, StaffDate, drafts, first_day_after, staff_dates
from .rooms import RoomName, booked, break_periods, rooms, titles

__all__ = [
    "Draft",
    "RoomName",
    "StaffDate",
    "booked",
    "break_periods",
    "drafts",
    "first_day_after",
    "rooms",
    "staff_dates",
    "titles",
]
