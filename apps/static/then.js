// The time machine: a ruler from a day ago to five hours ahead, and any kept moment by the address.
// What is shown of another moment was worked out once for all who ask for it.

import * as clock from "./clock.js";
import * as marks from "./marks.js";
import { Events } from "./events.js";
import { Film, present, release, show, shown } from "./hold.js";
import { read, write } from "./link.js";
import * as reels from "./reel.js";

const STEP = 600e3, SEOUL = 9 * 3600e3, REST = 400, FRAME = 250; // ms: 4 frames a second
const DAY = 144, AHEAD = 30; // steps
const page = document.body.dataset;
const ruler = document.querySelector("[data-ruler]");
const slider = ruler?.querySelector("input"), play = ruler?.querySelector("[data-play]");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const films = new Map(); // place of a map: its film
const written = at => new Date(at + SEOUL).toISOString().slice(0, 16);
const floor = at => Math.floor(at / STEP) * STEP;
const share = at => ((at - floor(clock.real())) / STEP + DAY) / (DAY + AHEAD);
const events = ruler && new Events(ruler.querySelector("[data-events]"), page.lang, { share, time: words, ahead: at => at > clock.real(), go: to, spoken: page.page === "wall" });
let wanted = null, timer = 0, asked = 0, playing = 0, near = false;

const band = document.createElement("div");
band.className = "then";
band.hidden = true;
band.innerHTML = '<p role="status"></p><button type="button"></button>';
document.body.prepend(band);
band.lastChild.textContent = page.sayNow;
band.lastChild.addEventListener("click", now);

// The moment in words: its day only when that is not today.
function words(at) {
  const day = new Date(at + SEOUL), today = new Date(clock.real() + SEOUL);
  const time = day.toISOString().slice(11, 16);
  if (day.toISOString().slice(0, 10) === today.toISOString().slice(0, 10)) return time;
  return `${new Intl.DateTimeFormat(page.lang, { month: "short", day: "numeric", timeZone: "UTC" }).format(day)} ${time}`;
}

function say(at, text) {
  band.hidden = false;
  page.then = written(at);
  const line = text ?? (at > clock.real() ? page.sayAhead : page.sayThen);
  band.firstChild.textContent = line.replace("{time}", words(at));
  place(at);
}

// The handle where the moment is, and what it says to who cannot see it.
function place(at) {
  if (!slider) return;
  slider.value = Math.round((at - floor(clock.real())) / STEP);
  slider.setAttribute("aria-valuetext", at === null ? page.sayNow : words(at));
  events.move(wanted);
}

// To when that event was known; of one that is not yet on the ruler it is now that tells it.
function to({ at, seen }) {
  stop();
  if (at * 1e3 <= clock.real() && seen * 1e3 > floor(clock.real())) now();
  else go(seen * 1e3);
}

async function ask(what, at, more) {
  const query = new URLSearchParams({ at: written(at), lang: page.lang, ...more });
  if (page.station) query.set("station", page.station);
  const answer = await fetch(`/then/${page.page}/${what}?${query}`);
  if (!answer.ok) throw answer.status;
  return answer.json();
}

// Everything of that moment: cards and maps. A later wish overtakes an earlier one.
async function fetched(at) {
  const mine = ++asked;
  try {
    const [cards, maps] = await Promise.all([ask("cards", at), Promise.all([...films.values()].map(film => ask("map", at, film.look)))]);
    if (mine !== asked || wanted === null) return;
    const there = Date.parse(cards.at);
    clock.stand(there);
    show(there, cards.fragments);
    present(cards.present);
    [...films.values()].forEach((film, i) => film.put(maps[i].layers, maps[i].still));
    say(there);
    delete page.rolling;
    marks.show();
  } catch (problem) {
    if (mine !== asked || wanted === null) return;
    stop();
    for (const film of films.values()) film.end();
    if (shown() !== null) release();
    clock.stand(null);
    delete page.rolling;
    wanted = null;
    say(at, problem === 410 ? page.sayPastless : problem === 404 || problem === 422 ? page.sayUnkept : page.sayUnanswered);
    delete page.then;
  }
}

// The reels of the maps, asked for while the ruler is in sight.
async function reel() {
  if (!near || document.hidden) return;
  for (const film of films.values()) {
    const fresh = await reels.renewed(film, page);
    if (fresh) events.put(fresh.events);
  }
}

// From the reels at once; the cards step back until the answer of that moment is there.
function roll(at) {
  page.rolling = "";
  for (const film of films.values()) {
    const there = reels.of(film), step = there?.find(at);
    if (step !== undefined) film.roll(there, step);
  }
}
const rolled = at => films.size && [...films.values()].every(film => reels.of(film)?.find(at) !== undefined);

export function go(at) {
  wanted = at;
  say(at);
  roll(at);
  clock.stand(at);
  write("at", written(at));
  clearTimeout(timer);
  timer = setTimeout(fetched, REST, at);
}

export function now() {
  stop();
  [wanted, asked] = [null, asked + 1];
  clearTimeout(timer);
  write("at", null);
  band.hidden = true;
  delete page.then;
  delete page.rolling;
  clock.stand(null);
  present([]);
  for (const film of films.values()) film.end();
  if (shown() !== null) release();
  place(floor(clock.real()));
  clock.show();
  marks.show();
}

function stop() {
  clearInterval(playing);
  playing = 0;
  play?.setAttribute("aria-pressed", "false");
}

// From where it stands, else from the first moment kept of the last day, up to now; by hand for who
// wants no motion.
function run() {
  if (playing) return stop();
  const first = Math.max(floor(clock.real()) - DAY * STEP, ...[...films.values()].map(film => reels.of(film)?.begin ?? 0));
  if (wanted === null || wanted > clock.real()) go(first);
  else if (calm.matches) go(Math.min(wanted + STEP, floor(clock.real())));
  if (calm.matches) return undefined;
  play.setAttribute("aria-pressed", "true");
  playing = setInterval(() => {
    if (shown() !== wanted && !rolled(wanted)) return; // it waits for the answer of this step
    if (wanted + STEP >= clock.real()) now();
    else go(wanted + STEP);
  }, FRAME);
}

function ends() {
  const [first, last] = ruler.querySelectorAll("[data-end]"), at = floor(clock.real());
  first.textContent = words(at - DAY * STEP);
  last.textContent = clock.hour(at + AHEAD * STEP);
  ruler.querySelector("[data-mid]").textContent = `${page.sayNow} ${clock.hour(clock.real())}`;
  if (wanted === null) place(at);
  events.move(wanted);
  reel();
}

function map(where, embedded) {
  films.set(where, new Film(embedded));
  if (wanted !== null) fetched(wanted);
  reel();
}

export function start() {
  for (const where of document.querySelectorAll("[data-island]")) if (where.embedded) map(where, where.embedded);
  document.addEventListener("city:island", ({ target }) => map(target, target.embedded));
  const at = Date.parse(`${read("at")}:00+09:00`);
  if (!Number.isNaN(at)) go(at);
  if (!ruler) return;
  ruler.hidden = false;
  new IntersectionObserver(([{ isIntersecting }]) => reel(near = isIntersecting)).observe(ruler);
  slider.addEventListener("input", () => {
    const n = Number(slider.value);
    stop();
    if (n === 0) now();
    else go(floor(clock.real()) + n * STEP);
  });
  play.addEventListener("click", run);
  ends();
  setInterval(ends, 5000);
}
