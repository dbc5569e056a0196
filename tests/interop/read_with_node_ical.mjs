// Reads a calendar from standard input with node-ical, and writes what its dates are as JSON.
import { readFileSync } from "node:fs";
import { createRequire, registerHooks } from "node:module";

// What it reads rules with is left out, for our dates have none; the module in its place has none of its names.
const inItsPlace = { url: "node:path", format: "builtin", shortCircuit: true };
registerHooks({
  resolve: (name, from, next) => (name.startsWith("rrule-temporal") ? inItsPlace : next(name, from)),
});
const ical = createRequire(import.meta.url)("../vendor/node-ical.cjs");

// A day without a time is midnight of the zone that the program runs in.
const day = (moment) =>
  [moment.getFullYear(), moment.getMonth() + 1, moment.getDate()].map((n) => `${n}`.padStart(2, "0")).join("-");
const edge = (moment) => (moment.dateOnly ? day(moment) : moment.toISOString());

const read = Object.values(ical.sync.parseICS(readFileSync(0, "utf-8")));
const dates = read.filter((each) => each.type === "VEVENT").map((event) => {
  const zone = event.start.dateOnly ? "" : event.start.tz;
  return [event.uid, edge(event.start), edge(event.end), zone, event.summary, event.status, event.sequence];
});
process.stdout.write(JSON.stringify(dates));
