// What is near: the five nearest of a kind, from where the viewer is or from the middle of the map. The
// place is asked of the browser once a kind is chosen, and leaves it with nothing: no request, no
// address and no storage holds it.

import { all, go, name, say } from "./goto.js";
import { dong } from "./ground.js";
import { hide } from "./link.js";
import { pin } from "./over.js";
import { column, words as tell } from "./told.js";
import { metres } from "./view.js";

const MOST = 5, PATIENCE = 15e3, OLD = 60e3; // ms: until a place is given up, and how old it may be
const SAME = 40; // metres of the map within which a mark of that name is that place
const REFUSED = 1; // of GeolocationPositionError
const box = document.querySelector("[data-find]"), button = box.querySelector("[data-near]");
const island = document.querySelector("[data-explore]"), panel = document.createElement("div");
const dot = Object.assign(document.createElement("i"), { className: "here-at" });
let places = null, wanted = null, asked = 0, unpin = () => {};

panel.id = "near";
panel.className = "near";
panel.hidden = true;
panel.innerHTML = '<p class="ask"></p><div class="kinds" role="group"></div><p class="said" role="status"></p>'
  + '<ol></ol><p class="q"></p><div class="from"><button type="button"></button></div>';
const [ask, kinds, said, list, note, { firstChild: other }] = panel.children;
box.append(panel);

// From one place to another, in metres, and in which of eight directions.
function way(from, to) {
  const [east, north] = places.near.degree, [dx, dy] = [(to.lon - from.lon) * east, (to.lat - from.lat) * north];
  const turn = (Math.atan2(dx, dy) / Math.PI * 180 + 360) % 360;
  return { far: Math.hypot(dx, dy), turn, point: places.near.points[Math.round(turn / 45) % 8] };
}

function length(far) { // as the house writes it: tens of metres, from a kilometre on kilometres
  const tens = Math.round(far / 10) * 10;
  return tens < 1000 ? `${tens} m` : `${(far / 1000).toFixed(1)} km`;
}

// What a layer of the map tells of that place now, and how old that is; null without such a mark.
function left(layer, place) {
  const { x, y } = metres(place.lat, place.lon);
  for (const renderer of island.embedded.figure.renderers) {
    const xs = renderer.tags[0] === layer && column(renderer, "tip") ? column(renderer, "x") : null;
    if (!xs) continue;
    const ys = column(renderer, "y");
    for (let i = 0; i < xs.length; i++) if (Math.hypot(xs[i] - x, ys[i] - y) < SAME) {
      const told = tell({ renderer, i });
      if (told.name === name(place)) return told;
    }
  }
  return null;
}

function line({ place, far, turn, point }, layer) {
  const item = document.createElement("li"), [pace, winding] = places.near.walk;
  const minutes = Math.max(Math.ceil(far * winding / pace), 1), told = layer && left(layer, place);
  item.innerHTML = '<button type="button"><b></b><span class="far"></span><span></span><span>'
    + '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 21V4M5 11l7-7 7 7"/></svg></span></button>';
  const [title, away, about, where] = item.firstChild.children;
  title.textContent = name(place);
  away.textContent = length(far);
  about.textContent = [told ? [told.values, told.old].filter(Boolean).join(", ") : place.kind.word,
    places.near.words.walk.replace("{n}", minutes)].filter(Boolean).join(" \u00b7 ");
  where.firstChild.style.rotate = `${turn}deg`;
  where.append(point);
  item.firstChild.addEventListener("click", () => {
    close();
    go(place);
  });
  return item;
}

// What is said, and whether the middle of the map or the viewer's own place is offered next.
function answer(text, own) {
  const { words } = places.near;
  said.textContent = text;
  other.textContent = own ? words.middle : words.here;
  other.dataset.from = own ? "middle" : "here";
  other.parentNode.hidden = false;
}

function mark(own) { // the viewer's own place on the map, while the panel is open
  unpin();
  dot.remove();
  unpin = own ? pin(island, dot, metres(own.lat, own.lon)) : () => {};
}

function nearest(from, text, own) {
  const [, indices, layer] = wanted, { words } = places.near;
  const found = places.filter(place => indices.includes(place.order)).map(place => ({ place, ...way(from, place) }));
  found.sort((a, b) => a.far - b.far);
  list.replaceChildren(...found.slice(0, MOST).map(one => line(one, layer)));
  note.textContent = [words.estimate, own ? words.private : ""].filter(Boolean).join(" ");
  mark(own ? from : null);
  answer(found.length ? text : box.dataset.none, own);
  panel.scrollIntoView({ block: "nearest" });
}

function middle() {
  const { x_range: x, y_range: y } = island.embedded.figure, one = metres(0, 1).x;
  const lat = (Math.atan(Math.exp((y.start + y.end) / 2 / one / 180 * Math.PI)) * 2 - Math.PI / 2) / Math.PI * 180;
  nearest({ lat, lon: (x.start + x.end) / 2 / one }, places.near.words.centre, false);
}

function here() {
  const mine = ++asked, { words } = places.near;
  mark(null);
  list.replaceChildren();
  note.textContent = words.private;
  answer(words.asked, true);
  const lost = ({ code }) => { if (mine === asked) answer(code === REFUSED ? words.refused : words.unfound, true); };
  const found = ({ coords: { latitude: lat, longitude: lon, accuracy } }) => {
    if (mine !== asked) return;
    hide();
    if (!dong(island.embedded.figure, metres(lat, lon))) answer(words.outside, true);
    else nearest({ lat, lon }, words.own.replace("{n}", length(accuracy)), true);
  };
  if (!navigator.geolocation) return lost({ code: 0 });
  return navigator.geolocation.getCurrentPosition(found, lost, { enableHighAccuracy: true, timeout: PATIENCE, maximumAge: OLD });
}

function choose(kind, pressed) {
  wanted = kind;
  for (const one of kinds.children) one.setAttribute("aria-pressed", one === pressed);
  here();
}

function fill() {
  ask.textContent = places.near.words.ask;
  kinds.append(...places.near.kinds.map(kind => {
    const one = document.createElement("button");
    Object.assign(one, { type: "button", textContent: kind[0] });
    one.setAttribute("aria-pressed", "false");
    one.addEventListener("click", () => choose(kind, one));
    return one;
  }));
  other.parentNode.hidden = true;
}

function close() {
  asked += 1;
  mark(null);
  panel.hidden = true;
  button.setAttribute("aria-expanded", "false");
  button.focus({ preventScroll: true });
}

export async function toggle() {
  if (!panel.hidden) return close();
  try {
    places ??= await all();
  } catch (problem) {
    console.warn(problem.message);
    return say(box.dataset.lost);
  }
  if (!kinds.children.length) fill();
  say("");
  panel.hidden = false;
  button.setAttribute("aria-expanded", "true");
  return kinds.firstChild.focus();
}

other.addEventListener("click", () => {
  asked += 1;
  if (other.dataset.from === "here") here();
  else middle();
});
panel.addEventListener("keydown", event => {
  if (event.key !== "Escape") return;
  event.stopPropagation();
  close();
});
document.addEventListener("pointerdown", ({ target }) => { if (!panel.hidden && !box.contains(target)) close(); });
