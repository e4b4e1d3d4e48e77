// A page that stays true by itself: takes what changed, shows how old everything is, says when
// the server is silent, and comes back when it does. Sends nothing but the request to listen.

import * as clock from "./clock.js";
import * as marks from "./marks.js";
import { take } from "./hold.js";
import { watch as islands } from "./island.js";
import { watch as stills } from "./stills.js";

const DEAD = 5000, STALLED = 20000, FAILED = 2000; // ms
const page = document.body.dataset;
const banner = document.querySelector("[data-banner]") ?? made();
let stream, seen = `${page.boot}-${page.seq}`, ticked = page.now, good = clock.real();
let beat = performance.now(), advanced = beat, failed = 0, again, trouble = "", leaving = false;

function made() {
  const place = document.createElement("div");
  place.className = "banner";
  place.setAttribute("role", "status");
  place.setAttribute("aria-live", "polite");
  place.hidden = true;
  document.body.prepend(place);
  return place;
}

function told(data) {
  clock.set(data.now, data.speed);
  [beat, failed] = [performance.now(), 0];
  if (data.ticked !== ticked) [ticked, advanced, good] = [data.ticked, beat, Date.parse(data.ticked)];
}

const on = (name, work) => stream.addEventListener(name, event => work(JSON.parse(event.data), event));

function listen() {
  clearTimeout(again);
  stream?.close();
  stream = new EventSource(`${page.live}&seen=${seen}`);
  on("hello", data => {
    advanced = performance.now();
    told(data);
    if (data.boot !== page.boot) leave();
  });
  on("beat", told);
  on("tick", (data, event) => {
    seen = event.lastEventId;
    for (const [name, html] of Object.entries(data.fragments)) take(name, html);
    show();
  });
  stream.onerror = () => {
    stream.close();
    failed ||= performance.now();
    again = setTimeout(listen, 1000 + Math.random() * 1000);
  };
}

// Another process, perhaps another version: the whole page anew, not all viewers at once.
async function leave() {
  if (leaving) return;
  leaving = true;
  await new Promise(done => setTimeout(done, Math.random() * 2000));
  const there = await fetch(location.href, { cache: "no-cache" }).catch(() => null);
  if (there?.ok) location.reload();
  else leaving = false;
  if (!leaving) listen();
}

function judge() {
  const at = performance.now();
  if (at - beat > DEAD || (failed && at - failed > FAILED)) return "lost";
  return at - advanced > STALLED ? "stalled" : "";
}

function watchdog() {
  if (document.hidden) return;
  const found = judge();
  if (found === trouble) return;
  const before = trouble;
  trouble = document.body.dataset.trouble = found;
  const text = found === "lost" ? page.sayLost : found ? page.sayStalled : page.sayBack;
  banner.textContent = text.replace("{time}", clock.hour(good));
  banner.classList.toggle("back", !found);
  banner.hidden = false;
  if (!found && before) setTimeout(() => { if (!trouble) banner.hidden = true; }, 3000);
  if (found === "lost" && stream.readyState !== EventSource.CONNECTING) listen();
}

function show() {
  clock.show();
  marks.show();
}

function look() {
  clearTimeout(again);
  if (document.hidden) stream?.close();
  else {
    beat = advanced = performance.now();
    listen();
  }
}

document.addEventListener("visibilitychange", look);
addEventListener("pageshow", event => { if (event.persisted) look(); });
addEventListener("pagehide", () => stream?.close());
look();
show();
setInterval(show, 1000);
setInterval(watchdog, 500);
stills();
islands();
// The time machine comes with a link to another moment, else with the map it stands under.
const turn = () => import("./then.js").then(machine => machine.start());
if (new URLSearchParams(location.search).has("at")) turn();
else if (document.querySelector("[data-ruler]")) document.addEventListener("city:island", turn, { once: true });
