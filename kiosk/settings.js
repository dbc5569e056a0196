/* How staff want this screen: for which distance, how it hangs, and when it may rest. */

import { localTime } from "./clock.js";

const DISTANCES = ["3", "4", "5", "6"];

/** Put the settings on the page, at `now`; a screen that somebody uses does not rest. Whether it does. */
export function applySettings({ distance, turned, opens, closes }, now, isUsed) {
  const root = document.documentElement;
  root.dataset.distance = DISTANCES.includes(distance) ? distance : "4";
  root.dataset.turned = turned === "left" || turned === "right" ? turned : "no";
  const rests = !isUsed && isResting(opens, closes, localTime(now).time);
  root.dataset.rests = rests;
  return rests;
}

/** Whether the screen may dim: outside its own hours, as `08.00` to `17.00`; without hours never. */
export function isResting(opens, closes, time) {
  if (!opens || !closes || opens === closes) return false;
  const isLate = closes < opens;
  return isLate ? time >= closes && time < opens : time < opens || time >= closes;
}
