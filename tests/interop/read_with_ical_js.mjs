// Reads a calendar from standard input with ical.js, and writes what its dates are as JSON.
import { readFileSync } from "node:fs";
import ICAL from "../vendor/ical.min.mjs";

const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf-8")));
const zones = calendar.getAllSubcomponents("vtimezone").map((zone) => new ICAL.Timezone(zone));
zones.forEach((zone) => ICAL.TimezoneService.register(zone));

const dates = calendar.getAllSubcomponents("vevent").map((component) => {
  const event = new ICAL.Event(component);
  const zone = event.startDate.isDate ? "" : event.startDate.zone.tzid;
  const status = component.getFirstPropertyValue("status");
  return [event.uid, `${event.startDate}`, `${event.endDate}`, zone, event.summary, status, event.sequence];
});
process.stdout.write(JSON.stringify(dates));
