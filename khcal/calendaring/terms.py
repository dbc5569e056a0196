"""The fixed vocabularies: stored English codes, the words of the spreadsheet, the words of an address.

What a reader sees of them is in :mod:`khcal.calendaring.phrases`.
"""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What sort of activity it is; a closure is the house being closed."""

    CONVERSATION = "conversation"
    MOVEMENT = "movement"
    CALM = "calm"
    CREATIVE = "creative"
    KNOWLEDGE = "knowledge"
    ADVICE = "advice"
    COMMUNITY = "community"
    ASSOCIATION = "association"
    CLOSURE = "closure"


class Audience(StrEnum):
    """Whom it is for."""

    EVERYONE = "everyone"
    PATIENT = "patient"
    RELATIVE = "relative"
    BEREAVED = "bereaved"
    FAMILY = "family"
    YOUNG_ADULT = "young_adult"
    MEMBER = "member"
    VOLUNTEER = "volunteer"


class Form(StrEnum):
    """Where one takes part."""

    ONSITE = "onsite"
    ONLINE = "online"
    HYBRID = "hybrid"
    OUTDOORS = "outdoors"


# A single date that is held so, and not as its activity, leaves the activity's rooms and place.
AWAY = (Form.ONLINE, Form.OUTDOORS)


class Signup(StrEnum):
    """What one has to do before coming; ``NONE`` is for days when there is nothing to come to."""

    DROP_IN = "drop_in"
    REQUIRED = "required"
    INTERVIEW = "interview"
    APPOINTMENT = "appointment"
    NONE = "none"


class Status(StrEnum):
    """What became of a date. Withdrawn: its publication was undone, only feeds still tell of it."""

    PLANNED = "planned"
    CANCELLED = "cancelled"
    WITHDRAWN = "withdrawn"


class Places(StrEnum):
    """How full a date is, as staff tap it."""

    OPEN = "open"
    FEW = "few"
    FULL = "full"


class Appearance(StrEnum):
    """Why a date stands on a day: it starts, goes on, was moved away from it, or was withdrawn."""

    START = "start"
    THROUGH = "through"
    LEFT = "left"
    GONE = "gone"


class WallRule(StrEnum):
    """How a lobby screen shows an event."""

    SHOW = "show"
    NEUTRAL = "neutral"
    HIDE = "hide"


class Fact(StrEnum):
    """Short answers to what a tired visitor wonders."""

    STEP_FREE = "step_free"
    CALM = "calm"
    SEATED = "seated"
    HEARING_LOOP = "hearing_loop"


class Role(StrEnum):
    """What a staff member may do in a house."""

    EDITOR = "editor"
    NATIONAL_ADMIN = "national_admin"


LANGUAGES = ("sv", "en", "fi", "ar")

# Words of the spreadsheet. Their order is the order of filters and select boxes.
KIND_WORDS = {
    Kind.CONVERSATION: "samtal",
    Kind.MOVEMENT: "rörelse",
    Kind.CALM: "lugn",
    Kind.CREATIVE: "skapande",
    Kind.KNOWLEDGE: "kunskap",
    Kind.ADVICE: "råd",
    Kind.COMMUNITY: "gemenskap",
    Kind.ASSOCIATION: "förening",
    Kind.CLOSURE: "stängt",
}
AUDIENCE_WORDS = {
    Audience.EVERYONE: "alla cancerberörda",
    Audience.PATIENT: "har eller har haft cancer",
    Audience.RELATIVE: "närstående",
    Audience.BEREAVED: "efterlevande",
    Audience.FAMILY: "barn och familj",
    Audience.YOUNG_ADULT: "unga vuxna",
    Audience.MEMBER: "medlemmar",
    Audience.VOLUNTEER: "volontärer",
}
FORM_WORDS = {
    Form.ONSITE: "på plats",
    Form.ONLINE: "digitalt",
    Form.HYBRID: "på plats och digitalt",
    Form.OUTDOORS: "utomhus",
}
SIGNUP_WORDS = {
    Signup.DROP_IN: "drop-in",
    Signup.REQUIRED: "anmälan",
    Signup.INTERVIEW: "anmälan, samtal före start",
    Signup.APPOINTMENT: "bokad tid",
    Signup.NONE: "ingen",
}

# What a visitor may type to find what is held in another language.
LANGUAGE_WORDS = {"en": "engelska english", "fi": "finska suomeksi", "ar": "arabiska"}

# Filters of the list: the values in an address, a-z and hyphens only.
KIND_FILTERS = {
    "samtal": Kind.CONVERSATION,
    "rorelse": Kind.MOVEMENT,
    "lugn": Kind.CALM,
    "skapande": Kind.CREATIVE,
    "kunskap": Kind.KNOWLEDGE,
    "rad": Kind.ADVICE,
    "gemenskap": Kind.COMMUNITY,
    "forening": Kind.ASSOCIATION,
}
AUDIENCE_FILTERS = {
    "alla": Audience.EVERYONE,
    "har-eller-har-haft-cancer": Audience.PATIENT,
    "narstaende": Audience.RELATIVE,
    "efterlevande": Audience.BEREAVED,
    "barn-och-familj": Audience.FAMILY,
    "unga-vuxna": Audience.YOUNG_ADULT,
    "medlemmar": Audience.MEMBER,
    "volontarer": Audience.VOLUNTEER,
}
# A hybrid meeting is found both by "on site" and by "online".
FORM_FILTERS = {
    "pa-plats": (Form.ONSITE, Form.HYBRID),
    "digitalt": (Form.ONLINE, Form.HYBRID),
    "pa-plats-och-digitalt": (Form.HYBRID,),
    "utomhus": (Form.OUTDOORS,),
}
SIGNUP_FILTERS = {
    "utan": (Signup.DROP_IN, Signup.NONE),
    "drop-in": (Signup.DROP_IN,),
    "anmalan": (Signup.REQUIRED, Signup.INTERVIEW),
    "bokad-tid": (Signup.APPOINTMENT,),
}
# Addresses of khcal itself, public ones and those below /personal/: no house can have them.
RESERVED_SLUGS = frozenset(
    {
        *("alla", "api", "halsa", "om", "personal", "q", "skarm", "static"),
        *("hus", "inbjudan", "konto", "logga-in", "logga-ut", "losenord", "personer", "skarmar"),
    }
)
