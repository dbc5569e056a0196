"""Every read that pages, feeds and the wall make: named, as rows of columns, never object graphs.

Each function is one query, of a feed at most two, however many rows it returns, and is scoped to one house
where there is one.
"""

from .dates import (
    DateList,
    date_list,
    date_rows,
    dates_between,
    days_with_dates,
    first_day_after,
    group_dates,
    next_dates,
)
from .fed import feed_dates, published_dates
from .groups import group, title_elsewhere
from .houses import (
    HousePage,
    all_houses,
    closed_house,
    house_page,
    house_pages,
    last_change,
    notices_between,
    swedish_order,
)
from .old_addresses import house_showing, new_date_home, new_group_home, new_group_slug, new_house_slug
from .screens import KnownScreen, screen_with_key, was_ever_a_house

__all__ = [
    "DateList",
    "HousePage",
    "KnownScreen",
    "all_houses",
    "closed_house",
    "date_list",
    "date_rows",
    "dates_between",
    "days_with_dates",
    "feed_dates",
    "first_day_after",
    "group",
    "group_dates",
    "house_page",
    "house_pages",
    "house_showing",
    "last_change",
    "new_date_home",
    "new_group_home",
    "new_group_slug",
    "new_house_slug",
    "next_dates",
    "notices_between",
    "published_dates",
    "screen_with_key",
    "swedish_order",
    "title_elsewhere",
    "was_ever_a_house",
]
