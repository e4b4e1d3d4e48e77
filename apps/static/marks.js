// How old a number is, worked out again each second: it goes on when no server is there to say so.
// data-at: when it was observed; data-live, data-silent: until when it is live, from when it is gone.

import { hour, now, real, then } from "./clock.js";

const say = document.body.dataset;
const DASH = "\u2013";

export function age(ms) {
  const minutes = Math.max(Math.floor(ms / 60e3), 0);
  const [text, n] = minutes < 60 ? [say.sayMinutes, minutes]
    : minutes < 2880 ? [say.sayHours, Math.floor(minutes / 60)]
    : [say.sayDays, Math.floor(minutes / 1440)];
  return text.replace("{n}", n);
}

function state(mark, at) {
  const { live, silent, suspect } = mark.dataset;
  if (at < Date.parse(live)) return suspect ? "suspect" : "live";
  return at < Date.parse(silent) ? "stale" : "none";
}

function put(mark, name, text) {
  if (!mark.classList.contains(name)) {
    mark.classList.remove("live", "stale", "none", "suspect");
    mark.classList.add(name);
    mark.querySelector("use")?.setAttribute("href", `#f-${name}`);
  }
  const place = mark.querySelector(".fr-s");
  if (place && place.textContent !== text) place.textContent = text;
}

// The time of an observation as its age; without a script it stands there as the time it is.
function old(at) {
  for (const time of document.querySelectorAll("time[data-age]")) {
    const text = say.sayAgo.replace("{n}", age(at - Date.parse(time.dateTime)));
    if (time.textContent !== text) time.textContent = text;
  }
}

export function show() {
  const at = now();
  old(at);
  for (const mark of document.querySelectorAll(".fr[data-live]")) {
    const name = state(mark, at);
    if (then() !== null && name !== "none") { // of another moment nothing is live
      put(mark, "stale", then() > real() ? say.sayForecast : mark.querySelector("time") ? "" : hour(Date.parse(mark.dataset.at)));
      continue;
    }
    const behind = mark.classList.contains("behind");
    const old = text => text.replace("{n}", age(at - Date.parse(mark.dataset.at)));
    put(mark, name, name === "none" ? say.sayNone : name === "suspect" ? mark.dataset.suspect : behind ? old(say.sayAgo)
      : name === "live" ? say.sayLive : old(say.sayLate));
    if (name === "none") empty(mark.closest("[data-aged], [data-card]"));
  }
}

// What is past its age is taken off, not kept in disguise.
function empty(scope) {
  for (const value of scope?.querySelectorAll(".val") ?? [])
    if (value.textContent !== DASH) value.textContent = DASH;
}
