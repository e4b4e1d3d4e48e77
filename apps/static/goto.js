// Places of the city: all come once, when one is first needed. Going to one moves the map, puts a ring
// around it and its name into the address; nothing of that leaves this browser.

import { ready } from "./find.js";
import { read, write } from "./link.js";
import { pin } from "./over.js";
import { metres } from "./view.js";

const box = document.querySelector("[data-find]"), told = box.querySelector("[role=status]");
const korean = document.body.dataset.lang === "ko";
const SAID = 4000; // ms a note stays
let asked = null, there = null, stop = () => {}, ring = null, quiet = 0;

async function ask() {
  const answer = await fetch(`/places.json?lang=${document.body.dataset.lang}`);
  if (!answer.ok) throw new Error(`places ${answer.status}`);
  const { kinds, districts, places, near } = await answer.json();
  const gone = ([feed, word, times]) => ({ feed, word, times });
  const area = ([code, name]) => ({ code, name });
  return Object.assign(places.map(row => ready(row, kinds.map(gone), districts.map(area))), { near });
}

// Every place there is, as ready() of find.js gives them, and with them what tells which are near.
export function all() {
  asked ??= ask().catch(problem => {
    asked = null;
    throw problem;
  });
  return asked;
}

export const name = place => korean ? place.ko : place.en || place.ko;

// Said aloud, and seen for a while; hidden: only said, because it is seen already.
export function say(text, { stays = false, hidden = false } = {}) {
  clearTimeout(quiet);
  told.textContent = text;
  told.classList.toggle("vh", hidden);
  if (!stays) quiet = setTimeout(() => { told.textContent = ""; }, SAID);
}

// A district and a dong are outlined where they are told of, by areas.js.
export const wide = place => ["districts", "dongs"].includes(place?.kind.feed);

function mark() { // a ring that stays where the place is
  stop();
  const island = document.querySelector("[data-explore]");
  if (!there || wide(there)) return ring?.remove();
  if (!island.embedded?.figure) return undefined;
  ring ??= Object.assign(document.createElement("i"), { className: "found-at" });
  ring.textContent = name(there);
  stop = pin(island, ring, metres(there.lat, there.lon));
  return undefined;
}

// kind:name:district, so that of two dongs of one name it is the one.
const written = ({ kind, ko, district }) => [kind.feed, ko, district?.code].filter(Boolean).join(":");

// A place that is looked at, from now on also by its address; the map stays as it is.
export function keep(place) {
  there = place;
  mark();
  write("place", written(place));
  document.dispatchEvent(new CustomEvent("city:place", { detail: place }));
}

// To that place; without moves the map is left as it is.
export function go(place, moves = true) {
  const { lat: latitude, lon: longitude, kind: { times } } = place;
  if (moves) document.dispatchEvent(new CustomEvent("city:go", { detail: { latitude, longitude, times } }));
  say(box.dataset.there.replace("{name}", name(place)));
  keep(place);
}

export function forget() {
  if (!there) return;
  there = null;
  mark();
  write("place", null);
  document.dispatchEvent(new CustomEvent("city:place", { detail: null }));
}

// The place the address names: once, when the map is there; later, its ring again.
let linked = read("place");
export async function attend() {
  if (there || !linked) return mark();
  const wanted = linked;
  linked = null;
  const place = (await all()).find(one => written(one) === wanted || one.ko === wanted);
  if (place) go(place, !read("map"));
  else say(box.dataset.none);
  return undefined;
}
