"""The texts that tell those who were to come: for each kind of news, and for one date or several."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from khcal.calendaring.phrases.announcements import Announcement, announce
from khcal.calendaring.phrases.changed_dates import DateNews, Stand
from khcal.i18n import use_locale
from tests.tables import for_each

HOUSE = "Kraftens hus Sjuhärad"
ADDRESS = "https://kalender.example.org/sjuharad/aktivitet/kvallsfika"


def at(start: str, end: str, **values: object) -> Stand:
    return Stand(datetime.fromisoformat(start), datetime.fromisoformat(end), **values)  # type: ignore[arg-type]


def evening(day: str, **values: object) -> Stand:
    return at(f"{day} 18:00", f"{day} 19:30", **values)


def called_off(
    day: str, title: str = "Kvällsfika", reason: str = "Ledaren är sjuk.", next_day: str = ""
) -> DateNews:
    following = datetime.fromisoformat(f"{next_day} 18:00") if next_day else None
    return DateNews(title, evening(day), evening(day, is_cancelled=True), reason, following)


def moved(day: str, other: str, title: str = "Kvällsfika", reason: str = "") -> DateNews:
    return DateNews(title, evening(day), evening(other), reason)


KITCHEN, HALL = evening("2026-12-03", place="Köket"), evening("2026-12-03", place="Salen")
OFF = evening("2026-12-03", is_cancelled=True)
LATER = at("2026-12-03 17:00", "2026-12-03 18:30", place="Köket")
ALL_DAY = at("2026-12-03", "2026-12-04")
CAMP = at("2026-05-25 10:00", "2026-05-27 15:00")


def texts(*news: DateNews) -> Announcement:
    told = announce(news, HOUSE, ADDRESS)
    assert told is not None
    return told


@for_each(
    ("news", "subject", "message"),
    [
        (
            [called_off("2026-12-03", next_day="2026-12-10")],
            "Inställt: Kvällsfika torsdag 3 december",
            "Vi ställer in Kvällsfika torsdag 3 december kl. 18.00-19.30. Ledaren är sjuk. "
            "Nästa gång är torsdag 10 december kl. 18.00.",
        ),
        (
            [called_off("2026-12-03", reason="")],
            "Inställt: Kvällsfika torsdag 3 december",
            "Vi ställer in Kvällsfika torsdag 3 december kl. 18.00-19.30.",
        ),
        (
            [called_off("2026-12-03", reason="Inställt på grund av storm")],
            "Inställt: Kvällsfika torsdag 3 december",
            "Vi ställer in Kvällsfika torsdag 3 december kl. 18.00-19.30. Det är på grund av storm.",
        ),
        (
            [
                called_off("2026-12-03", next_day="2026-12-24"),
                called_off("2026-12-10"),
                called_off("2026-12-17"),
            ],
            "Inställt: Kvällsfika 3, 10 och 17 december",
            "Vi ställer in Kvällsfika 3, 10 och 17 december. Ledaren är sjuk.",
        ),
        (
            [called_off("2026-11-26"), called_off("2026-12-03", reason="Storm.")],
            "Inställt: Kvällsfika 26 november och 3 december",
            "Vi ställer in Kvällsfika 26 november och 3 december.",
        ),
        (
            [called_off("2026-11-30"), called_off("2026-12-03", "Yoga")],
            "Inställt: flera aktiviteter 30 november–3 december",
            "Vi ställer in Kvällsfika 30 november och Yoga 3 december. Ledaren är sjuk.",
        ),
        (
            [moved("2026-12-03", "2026-12-04", reason="Salen är upptagen")],
            "Ny dag: Kvällsfika fredag 4 december",
            "Vi flyttar Kvällsfika från torsdag 3 december till fredag 4 december kl. 18.00-19.30. "
            "Salen är upptagen.",
        ),
        (
            [moved("2026-12-03", "2026-12-04"), moved("2026-12-10", "2026-12-11")],
            "Ny dag: Kvällsfika 4 och 11 december",
            "Nya datum: Kvällsfika 4 december i stället för 3 december och 11 december "
            "i stället för 10 december.",
        ),
        (
            [DateNews("Kvällsfika", KITCHEN, LATER)],
            "Ny tid: Kvällsfika torsdag 3 december",
            "Kvällsfika torsdag 3 december har fått en ny tid: kl. 17.00-18.30 "
            "i stället för kl. 18.00-19.30.",
        ),
        (
            [DateNews("Kvällsfika", KITCHEN, HALL)],
            "Ny plats: Kvällsfika torsdag 3 december",
            "Kvällsfika torsdag 3 december kl. 18.00-19.30 har fått en ny plats: Salen i stället för Köket.",
        ),
        (
            [DateNews("Kvällsfika", replace(HALL, place=""), replace(LATER, place="Köket"))],
            "Ny tid: Kvällsfika torsdag 3 december",
            "Kvällsfika torsdag 3 december har fått en ny tid: kl. 17.00-18.30 "
            "i stället för kl. 18.00-19.30. "
            "Platsen är Köket.",
        ),
        (
            [DateNews("Kvällsfika", OFF, evening("2026-12-03"))],
            "Blir av: Kvällsfika torsdag 3 december",
            "Kvällsfika torsdag 3 december kl. 18.00-19.30 blir av ändå.",
        ),
        (
            [
                DateNews("Kvällsfika", OFF, evening("2026-12-03")),
                DateNews("Yoga", OFF, evening("2026-12-03")),
            ],
            "Blir av: flera aktiviteter 3 december",
            "Det blir av ändå: Kvällsfika 3 december och Yoga 3 december.",
        ),
        (
            [DateNews("Kvällsfika", OFF, evening("2026-12-08"))],
            "Nytt datum: Kvällsfika tisdag 8 december",
            "Kvällsfika har fått ett nytt datum: tisdag 8 december kl. 18.00-19.30 "
            "i stället för torsdag 3 december.",
        ),
        (
            [called_off("2026-12-03"), moved("2026-12-10", "2026-12-11", "Yoga", "Ledaren är sjuk.")],
            "Ändringar: flera aktiviteter 3–11 december",
            "Vi ställer in Kvällsfika 3 december. Nya datum: Yoga 11 december i stället för 10 december. "
            "Ledaren är sjuk.",
        ),
        (
            [DateNews("Öppet hus", ALL_DAY, replace(ALL_DAY, is_cancelled=True))],
            "Inställt: Öppet hus torsdag 3 december",
            "Vi ställer in Öppet hus torsdag 3 december.",
        ),
        (
            [DateNews("Läger", CAMP, replace(CAMP, is_cancelled=True))],
            "Inställt: Läger 25–27 maj",
            "Vi ställer in Läger måndag 25 maj kl. 10.00 till onsdag 27 maj kl. 15.00.",
        ),
    ],
)
def test_the_message_and_the_subject(news: list[DateNews], subject: str, message: str) -> None:
    told = texts(*news)
    assert told.subject == subject
    assert told.message.removeprefix(f"{HOUSE}: ") == message
    assert len(told.message) <= 160
    assert told.messages == 1


@for_each(
    ("news", "body"),
    [
        (
            [called_off("2026-12-03", next_day="2026-12-10")],
            "Vi ställer in Kvällsfika torsdag 3 december kl. 18.00–19.30.\n\n"
            "Ledaren är sjuk. Nästa gång är torsdag 10 december kl. 18.00.",
        ),
        (
            [
                called_off("2026-12-03", next_day="2026-12-24"),
                called_off("2026-12-10", next_day="2026-12-24"),
            ],
            "Vi ställer in Kvällsfika:\n"
            "- torsdag 3 december kl. 18.00–19.30\n"
            "- torsdag 10 december kl. 18.00–19.30\n\n"
            "Ledaren är sjuk. Nästa gång är torsdag 24 december kl. 18.00.",
        ),
        (
            [
                called_off("2026-12-03", next_day="2026-12-10"),
                called_off("2026-12-04", "Yoga", next_day="2026-12-11"),
            ],
            "Vi ställer in:\n"
            "- Kvällsfika, torsdag 3 december kl. 18.00–19.30\n"
            "- Yoga, fredag 4 december kl. 18.00–19.30\n\n"
            "Ledaren är sjuk. Nästa gång för Kvällsfika är torsdag 10 december kl. 18.00. "
            "Nästa gång för Yoga är fredag 11 december kl. 18.00.",
        ),
        (
            [moved("2026-12-03", "2026-12-04"), moved("2026-12-10", "2026-12-11")],
            "Vi flyttar Kvällsfika:\n"
            "- från torsdag 3 december till fredag 4 december kl. 18.00–19.30\n"
            "- från torsdag 10 december till fredag 11 december kl. 18.00–19.30",
        ),
        (
            [DateNews("Kvällsfika", KITCHEN, LATER), DateNews("Yoga", KITCHEN, HALL)],
            "Ny tid för Kvällsfika:\n"
            "- torsdag 3 december kl. 17.00–18.30 i stället för kl. 18.00–19.30\n\n"
            "Ny plats för Yoga:\n"
            "- torsdag 3 december kl. 18.00–19.30: Salen",
        ),
        (
            [
                DateNews("Kvällsfika", OFF, evening("2026-12-08")),
                DateNews("Yoga", OFF, evening("2026-12-03")),
            ],
            "Det här blir av ändå, Yoga:\n"
            "- torsdag 3 december kl. 18.00–19.30\n\n"
            "Nya datum för Kvällsfika:\n"
            "- tisdag 8 december kl. 18.00–19.30 i stället för torsdag 3 december",
        ),
    ],
)
def test_the_mail_and_the_post(news: list[DateNews], body: str) -> None:
    told = texts(*news)
    assert told.mail == f"{body}\n\nAlla datum finns i kalendern: {ADDRESS}"
    assert told.post == f"{HOUSE}\n\n{body}\n\nHela kalendern: {ADDRESS}"


@for_each(
    "news",
    [
        [],
        [DateNews("Kvällsfika", KITCHEN, KITCHEN)],
        [DateNews("Kvällsfika", OFF, OFF, "Ett annat skäl.")],
        [DateNews("Kvällsfika", OFF, evening("2026-12-08", is_cancelled=True))],
        [DateNews("Kvällsfika", KITCHEN, replace(KITCHEN, place=""))],
    ],
)
def test_where_nothing_is_new_there_is_nothing_to_tell(news: list[DateNews]) -> None:
    assert announce(news, HOUSE, ADDRESS) is None


def test_a_message_says_less_rather_than_becoming_two() -> None:
    whole = called_off(
        "2026-12-03", reason="Ledaren är sjuk och ingen annan kan ta över.", next_day="2026-12-10"
    )
    assert texts(whole).message.endswith("kl. 18.00-19.30. Nästa gång är torsdag 10 december.")
    many = [called_off(f"2026-{month}-{day:02}") for month in (11, 12) for day in range(1, 29)]
    assert texts(*many).messages == 1
    assert texts(*many).message.endswith(
        f"Inställt: Kvällsfika 56 gånger 1 november-28 december. Se {ADDRESS}"
    )


def test_a_message_that_can_not_be_short_says_how_many_it_is() -> None:
    told = texts(called_off("2026-12-03", "Onkologirehabilitering" * 8))
    assert told.messages == 2
    assert texts(called_off("2026-12-03", "لقاء القهوة", reason="")).messages == 2


def test_nothing_shouts_and_the_post_has_no_lone_dashes() -> None:
    told = texts(called_off("2026-12-03", next_day="2026-12-10"))
    assert "!" not in told.message + told.subject + told.mail + told.post
    assert "\N{NO-BREAK SPACE}" not in told.message + told.mail + told.post + told.subject


def test_it_is_swedish_for_everybody() -> None:
    use_locale("en")
    try:
        assert texts(called_off("2026-12-03")).subject == "Inställt: Kvällsfika torsdag 3 december"
    finally:
        use_locale("sv_SE")


def closed(title: str = "Huset är stängt", reason: str = "", is_open: bool = False) -> DateNews:
    was, now = replace(ALL_DAY, is_cancelled=True), ALL_DAY
    return DateNews(title, now if is_open else was, was if is_open else now, reason, is_closure=True)


@for_each(
    ("news", "subject", "message"),
    [
        (
            [called_off("2026-12-03", reason="Huset är stängt. Vi städar."), closed(reason="Vi städar")],
            "Huset är stängt torsdag 3 december",
            "Huset är stängt torsdag 3 december. Vi städar. "
            "Vi ställer in Kvällsfika torsdag 3 december kl. 18.00-19.30.",
        ),
        (
            [
                closed(),
                called_off("2026-12-03", "Samtalsgrupp för dig som har eller har haft cancer och för andra"),
            ],
            "Huset är stängt torsdag 3 december",
            "Huset är stängt torsdag 3 december. Ett tillfälle är inställt. "
            "Se https://kalender.example.org/sjuharad/aktivitet/kvallsfika",
        ),
        (
            [closed(reason="Vi städar", is_open=True)],
            "Huset är öppet som vanligt torsdag 3 december",
            "Huset är öppet som vanligt torsdag 3 december.",
        ),
    ],
)
def test_a_closed_house_comes_first(news: list[DateNews], subject: str, message: str) -> None:
    told = texts(*news)
    assert (told.subject, told.message.removeprefix(f"{HOUSE}: ")) == (subject, message)
