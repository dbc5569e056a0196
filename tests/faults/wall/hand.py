"""A hand on the clock of a page: time passes within the page, which is looked at there each second.

To move the clock from without, a second at a time, costs more than all that the page does meanwhile, and
Playwright does every move over again in each page that is opened later.
"""

from __future__ import annotations

from playwright.sync_api import Error, Page

from tests.browser.chromium import stop_clock
from tests.faults.wall.truth import LOOK, Seen

# A page that is opened anew goes on from where the one before it was: what outlives it is the window's name.
# ``asked`` are questions under way. ``works`` is what the browser does to take another release: it is given a
# second of its own for that, as it has in life. Hurried along, Chromium lets a new worker wait for minutes.
BEGIN = """(() => {
  if (name) __pwClock.controller.setSystemTime(JSON.parse(name).now)
  const [ask, text, update] = [fetch, Response.prototype.text, ServiceWorkerRegistration.prototype.update]
  const [asked, works] = [new Set(), new Set()]
  const wait = (promise, among = asked) => {
    among.add(promise)
    promise.catch(() => 0).then(() => among.delete(promise))
    return promise
  }
  const soon = (milliseconds) => new Promise((done) => __pwClock.builtins.setTimeout(done, milliseconds))
  const settled = async (registration) => {
    const isAtWork = () => {
      const { installing, waiting, active } = registration
      return installing || waiting || active?.state === 'activating'
    }
    for (let tries = 0; tries < 100 && isAtWork(); tries += 1) await soon(10)
    return registration
  }
  ServiceWorkerRegistration.prototype.update = function () {
    const updated = update.call(this)
    wait(updated.then(settled), works)
    return updated
  }
  window.fetch = (address, options) => {
    const now = { 'X-Now': __pwClock.controller.now() }
    return wait(ask(address, hand.tells ? { ...options, headers: { ...options.headers, ...now } } : options))
  }
  Response.prototype.text = function () { return wait(text.call(this)) }
  window.hand = { ask, asked, works, soon }
})()"""
SET = """(now) => {
  __pwClock.controller.setSystemTime(now)
  name = JSON.stringify({ now, seen: [] })
}"""
PASS = f"""async ({{ until, seconds }}) => {{
  const look = {LOOK}
  const clock = __pwClock.controller
  const {{ ask, asked, works, soon }} = window.hand
  const seen = name ? JSON.parse(name).seen : []
  const keep = () => name = JSON.stringify({{ now: clock.now(), seen }})
  // Until all is answered, or, where somebody never answers, something that was asked later and always is.
  const hear = async () => {{
    if (!asked.size && !works.size) return
    let isEnough = false
    const later = () => asked.size && ask('/echo', {{ cache: 'no-store' }}).catch(() => 0)
    const enough = soon(50).then(() => Promise.allSettled(works)).then(later).then(() => isEnough = true)
    while (works.size || asked.size && !isEnough) {{
      await (works.size ? Promise.allSettled(works) : Promise.race([Promise.allSettled(asked), enough]))
      await soon(0)
    }}
  }}
  const first = until - 1000 * seconds
  if (clock.now() < first) {{
    await hear()
    await clock.fastForward(first - clock.now())
    keep()
    await hear()
  }}
  while (clock.now() < until) {{
    await clock.runFor(Math.min(1000, until - clock.now()))
    keep()
    await hear()
    seen.push([clock.now(), look()])
  }}
  const told = seen.splice(0)
  keep()
  return told
}}"""


# With every question the server is told what time it is, or the wall would go by a clock that stands.
LIVE = """async (until) => {
  const clock = __pwClock.controller
  const { asked, soon } = window.hand
  window.hand.tells = true
  while (clock.now() < until) {
    await clock.runFor(Math.min(1000, until - clock.now()))
    while (asked.size) {
      await Promise.allSettled(asked)
      await soon(0)
    }
  }
  window.hand.tells = false
  name = JSON.stringify({ now: clock.now(), seen: [] })
}"""


class ReopenedError(Exception):
    """The page was opened anew meanwhile; time stands where it was left."""


def take(page: Page, moment: float) -> None:
    """Stop the clock of a page that is not opened yet, at ``moment`` in epoch milliseconds."""
    # Questions come neither early nor late, so that each run is the same.
    page.add_init_script("Math.random = () => 0.5")
    stop_clock(page, moment)
    page.add_init_script(BEGIN)


def set_to(page: Page, moment: float) -> None:
    """Put the clock to ``moment``: it jumps, and no time passes."""
    page.evaluate(SET, moment)


def look(page: Page) -> tuple[float, Seen]:
    """What is seen, and when by the page's clock."""
    at, seen = page.evaluate(f"() => [__pwClock.controller.now(), ({LOOK})()]")
    return at, Seen(**seen)


def pass_until(page: Page, moment: float, seconds: int = 0) -> list[tuple[float, Seen]]:
    """Let time pass until ``moment``: at once, but for the last ``seconds``, each with what was seen then.

    What is asked on the way is answered. Raises ReopenedError; the same call once more does what is left.
    """
    try:
        told = page.evaluate(PASS, {"until": moment, "seconds": seconds})
    except Error as error:
        if "Execution context was destroyed" not in error.message:
            raise
        raise ReopenedError from error
    return [(at, Seen(**seen)) for at, seen in told]


def live_until(page: Page, moment: float) -> None:
    """Let all seconds pass until ``moment``, unseen, at a server that answers everything at once."""
    page.evaluate(LIVE, moment)
