/* The page of a screen that belongs nowhere yet: its code, or the way on to where it belonged before. */

import { forget, forgetDevice, keptDevice, newDevice, remember, remembered } from "./remembered.js";
import { Waiting } from "./waiting.js";

const SECONDS_TO_STAY = 10;
const TROUBLES = ["busy", "away"];

const part = (name) => document.getElementById(`pairing-${name}`);

start();

async function start() {
  const path = await remembered();
  if (path && (await isThere(path))) goOn(path);
  else pair();
}

/** Whether the house is still there. Without an answer it is worth a try: the screen may have it saved. */
async function isThere(path) {
  const asked = { method: "HEAD", cache: "no-store", credentials: "omit", signal: AbortSignal.timeout(5000) };
  const answer = await fetch(path.split("#")[0], asked).catch(() => null);
  const isGone = answer?.status === 404 || answer?.status === 410;
  if (isGone) await forget();
  return !isGone;
}

/** Go to where the screen belongs, unless somebody touches it. */
function goOn(path) {
  let left = SECONDS_TO_STAY;
  const house = document.querySelector(`.wall-houses__link[href="${CSS.escape(path.split("#")[0])}"]`);
  part("house").textContent = house?.textContent ?? path.split("#")[0].split("/")[2];
  part("seconds").textContent = left;
  part("now").href = path;
  part("again").hidden = false;
  const timer = setInterval(() => {
    left -= 1;
    part("seconds").textContent = Math.max(left, 0);
    if (left <= 0) leave();
  }, 1000);

  function leave() {
    clearInterval(timer);
    location.replace(path);
  }

  function stay() {
    clearInterval(timer);
    part("again").hidden = true;
    pair();
    part("title").focus();
  }

  part("stay").addEventListener("click", stay, { once: true });
  // Who reads or looks around is given the time. Nothing moves: the finger may be on a button.
  function wait() {
    clearInterval(timer);
    part("countdown").dataset.over = "";
  }

  for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, wait, { once: true });
}

async function pair() {
  part("code").hidden = false;
  const kept = await keptDevice();
  const waiting = new Waiting({
    device: kept || (await newDevice()),
    isKnown: Boolean(kept),
    onCode: showCode,
    onTrouble: (trouble) => TROUBLES.forEach((each) => (part(each).hidden = each !== trouble)),
    onPaired: arrive,
  });
  const ask = () => document.hidden || waiting.ask();
  for (const kind of ["online", "pageshow"]) addEventListener(kind, ask);
  document.addEventListener("visibilitychange", ask);
  waiting.ask();
}

function showCode(code, qr) {
  part("fetching").hidden = Boolean(code);
  part("shown").hidden = !code;
  part("letters").textContent = code;
  if (!qr) return;
  part("square").setAttribute("viewBox", `0 0 ${Number(qr.size)} ${Number(qr.size)}`);
  part("square").firstElementChild.setAttribute("d", qr.path);
}

/** The key is kept before the screen leaves: if the net goes just now, it finds its way after the next start. */
async function arrive(path) {
  await remember(path);
  await forgetDevice();
  location.replace(path);
}
