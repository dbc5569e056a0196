"""How a test looks at the wall: what stands outside, lies over something else, is cut off or too small."""

from __future__ import annotations

from playwright.sync_api import Page, ViewportSize

from tests.browser.wall.ground import Screen

# The server's answer to ``puls``, without a server that can be told.
_PAIRED = """
  history.replaceState(null, "", "#0123456789abcdef0123456789abcdef");
  window.settings = {};
  const ask = window.fetch;
  const answer = () => {
    // Told when the page has taken what it heard.
    const told = new MessageChannel();
    told.port1.onmessage = () => window.answered?.();
    told.port2.postMessage(null);
    return { chapter: location.pathname.split("/")[2], settings: window.settings };
  };
  window.fetch = (address, ...rest) => String(address).endsWith("/puls")
    ? Promise.resolve({ status: 200, json: async () => answer() })
    : ask(address, ...rest);
"""
_SET = """async (settings) => {
  window.settings = settings;
  const { dataset } = document.documentElement;
  const isSet = () => dataset.distance === settings.distance && dataset.turned === settings.turned;
  do {
    const answered = new Promise((resolve) => (window.answered = resolve));
    dispatchEvent(new Event("online"));
    await answered;
  } while (!isSet());
}"""


def paired(screen: Screen) -> Screen:
    """The screen with a key in its address."""
    screen.page.add_init_script(_PAIRED)
    return screen


def look(page: Page, size: ViewportSize, metres: int = 4, turned: str = "no", **more: str) -> None:
    """Show the page on a screen of that size, hung so and read from there, as staff have set it."""
    page.set_viewport_size(size)
    hours = {"opens": "", "closes": "", "greeting": ""} | more
    page.evaluate(_SET, {"distance": str(metres), "turned": turned} | hours)
    page.evaluate("dispatchEvent(new Event('resize'))")


_PARTS = """
  const seen = (selector) => [...document.querySelectorAll(selector)].filter((part) => part.offsetHeight);
  const told = (what, part) => `${what}: ${part.outerHTML.slice(0, 70)}`;
  const box = (part) => part.getBoundingClientRect();
  const sizeOf = (part) => parseFloat(getComputedStyle(part).fontSize);
  const context = document.createElement("canvas").getContext("2d");
  context.font = '650 1000px "Atkinson Hyperlegible Next"';
  const capital = context.measureText("H").actualBoundingBoxAscent / 1000;
  // On a screen of 55 inches.
  const millimetres = (55 * 25.4) / Math.hypot(innerWidth, innerHeight);
  const isText = (node) => node.nodeType === 3 && node.data.trim();
"""
# Capital heights in millimetres of what fits the selector.
CAPITALS = (
    "(selector) => {"
    + _PARTS
    + "return seen(selector).map((part) => sizeOf(part) * capital * millimetres); }"
)
# Read by those who have stepped up to the screen.
NEAR = ".house__name, .house__week, .home, .strip--long"
# Everything that is wrong with what stands there: ``[selector of what is read near by, metres]``. A capital
# is at least a two hundredth of the distance, or of three metres for those who have stepped up.
LOOK = (
    "([near, metres]) => {"
    + _PARTS
    + """
  const outside = seen("body > * *").filter((part) => !part.closest("svg, progress")).filter((part) => {
    const { left, right, top, bottom } = box(part);
    return right > innerWidth + 0.5 || left < -0.5 || bottom > innerHeight + 0.5 || top < -0.5;
  });
  const blocks = seen(".house, .home, .heading, .strip, .rows, .one, .below, .ways, .ways button, .row");
  const overlaps = (a, b) =>
    a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  const across = blocks.filter((part, index) => blocks.slice(index + 1)
    .some((other) => !part.contains(other) && overlaps(box(part), box(other))));
  const cut = seen("main, .today, .house, .home, .rows, .row, .row__title, .row__more, .row__time,"
      + " .strip > *, .nothing > *, .unknown > *, .below, .ways button, .heading, .one, .one *")
    .filter((part) => getComputedStyle(part).display !== "inline" && !part.closest("svg"))
    .filter((part) => part.scrollWidth > part.clientWidth + 1
      || part.scrollHeight > part.clientHeight + sizeOf(part) / 4);
  const small = seen("body *").filter((part) => [...part.childNodes].some(isText)).filter((part) =>
    sizeOf(part) * capital * millimetres < (part.closest(near) ? 3 : metres) * 5 - 0.05);
  const tall = seen(".row__title").filter((title) =>
    Math.round(title.clientHeight / parseFloat(getComputedStyle(title).lineHeight)) > (metres < 5 ? 2 : 4));
  return [
    ...outside.map((part) => told("outside", part)),
    ...across.map((part) => told("overlapping", part)),
    ...cut.map((part) => told("cut", part)),
    ...small.map((part) => told(`${sizeOf(part)} px`, part)),
    ...tall.map((part) => told("too many lines", part)),
    ...(seen(".row:not(.day)").length > 6 ? ["more than six rows"] : []),
    ...(document.documentElement.scrollHeight > innerHeight ? ["it scrolls"] : []),
  ];
}"""
)
# Where every part stands on the page, which may itself be turned.
PLACES = """() => [...document.querySelectorAll("body > * *")].filter((part) => part.offsetHeight)
  .map((part) => [part.className, part.offsetLeft, part.offsetTop, part.offsetWidth, part.offsetHeight])"""
# The contrast of each text with what is really painted behind it.
CONTRASTS = """() => {
  const rgb = /rgb\\((\\d+), (\\d+), (\\d+)\\)/g;
  const colours = (text) => [...text.matchAll(rgb)].map((found) => found.slice(1).map(Number));
  const linear = (n) => (n <= 0.04045 ? n / 12.92 : ((n + 0.055) / 1.055) ** 2.4);
  const light = ([r, g, b]) => 0.2126 * linear(r / 255) + 0.7152 * linear(g / 255) + 0.0722 * linear(b / 255);
  const ratio = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  const behind = (element) => {
    const style = getComputedStyle(element);
    const isThere = element.offsetHeight >= (element.parentElement ? 1 : innerHeight);
    const found = colours(style.backgroundColor);
    return found.length && isThere ? found : behind(element.parentElement);
  };
  return [...document.querySelectorAll("body *")]
    .filter((element) => element.offsetHeight)
    .filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
    .map((element) => {
      const own = light(colours(getComputedStyle(element).color)[0]);
      return [Math.round(ratio(own, light(behind(element)[0])) * 100) / 100, element.outerHTML];
    });
}"""
