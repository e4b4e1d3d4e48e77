// The kiosk: which view is shown, the low screen, the return to the start, and no way out.
// What a passer-by chooses stays in this browser, for a minute.

import { now } from "./clock.js";

const IDLE = 60e3, WARN = 20e3, KEY = "kiosk"; // ms
const DASH = "\u2013";
const page = document.body.dataset;
const main = document.querySelector("main");
const views = [...document.querySelectorAll("[data-show]")];
const low = document.querySelector("[data-low]");
const idle = document.querySelector("[data-idle]");
const start = views[0].dataset.show, home = document.querySelector(".ctl a");
let touched = Date.now(), before = null;

// --- what is shown ---

function keep() {
  const state = { view: main.dataset.view, low: "lowered" in main.dataset, touched };
  sessionStorage.setItem(KEY, JSON.stringify(state));
}

function show(view) {
  main.dataset.view = view;
  for (const button of views) button.setAttribute("aria-pressed", button.dataset.show === view);
}

function lower(on) {
  main.toggleAttribute("data-lowered", on);
  low.setAttribute("aria-pressed", on);
}

function restore() {
  const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
  if (!kept || Date.now() - kept.touched > IDLE) return;
  touched = kept.touched;
  if (views.some(button => button.dataset.show === kept.view)) show(kept.view);
  lower(kept.low);
}

// --- back to the start ---

const moved = () => main.dataset.view !== start || "lowered" in main.dataset || page.lang !== home.lang;

function warn(on, left) {
  if (on) document.querySelector("[data-left]").textContent = Math.ceil(left / 1000);
  if (idle.hidden !== on) return;
  idle.hidden = !on;
  if (on) {
    before = document.activeElement;
    idle.querySelector("button").focus({ preventScroll: true, focusVisible: false });
  } else before?.focus({ preventScroll: true, focusVisible: false });
}

function back() {
  warn(false);
  document.activeElement?.blur();
  show(start);
  lower(false);
  sessionStorage.removeItem(KEY);
  if (page.lang !== home.lang && !page.trouble) location.replace(home.href);
}

function look() {
  const left = IDLE - (Date.now() - touched);
  if (!moved()) warn(false);
  else if (left <= 0 || left > IDLE) back();
  else warn(left <= WARN, left);
}

function touch() {
  touched = Date.now();
  keep();
}

// --- trains come nearer each second; what has no number stays without ---

function count() {
  const at = now();
  for (const place of document.querySelectorAll("[data-due]")) {
    if (place.textContent === DASH) continue;
    const minutes = Math.max(Math.floor((Date.parse(place.dataset.due) - at) / 60e3), 0);
    if (place.textContent !== `${minutes}`) place.textContent = minutes;
    place.parentElement.classList.toggle("soon", !minutes);
  }
  for (const place of document.querySelectorAll(".dir .val"))
    place.parentElement.classList.toggle("unknown", place.textContent === DASH);
}

// --- nobody leaves this page by accident ---

for (const name of ["contextmenu", "dragstart", "selectstart", "gesturestart", "auxclick"])
  addEventListener(name, event => event.preventDefault(), { capture: true });
addEventListener("wheel", event => { if (event.ctrlKey) event.preventDefault(); }, { capture: true, passive: false });
addEventListener("touchmove", event => { if (event.touches.length > 1) event.preventDefault(); }, { capture: true, passive: false });
addEventListener("keydown", event => { if (event.ctrlKey || event.metaKey || event.altKey) event.preventDefault(); }, { capture: true });
window.open = () => null;

for (const name of ["pointerdown", "keydown"]) addEventListener(name, touch, { capture: true, passive: true });
for (const button of views) button.addEventListener("click", () => { show(button.dataset.show); touch(); });
low.addEventListener("click", () => { lower(!("lowered" in main.dataset)); touch(); });
addEventListener("click", look);

restore();
keep();
look();
count();
setInterval(look, 500);
setInterval(count, 1000);
