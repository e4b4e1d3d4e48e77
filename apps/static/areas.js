// All about a district or a dong, beside the map or below it: found by its shape in this browser, told
// of what came once for every area. Nobody hears which one is looked at.

import * as clock from "./clock.js";
import { forget, keep, name, say } from "./goto.js";
import { border, dong } from "./ground.js";
import { show as age } from "./marks.js";
import { follow } from "./over.js";
import { far } from "./view.js";

const AGAIN = 30e3, REST = 400; // ms
const DASH = "\u2013", GU = 5; // digits of a district, the first of those of its dongs
const page = document.body.dataset, box = document.querySelector("[data-find]");
const island = document.querySelector("[data-explore]");
const calm = matchMedia("(prefers-reduced-motion: reduce)"), beside = matchMedia("(min-width: 1100px)");
const panel = document.createElement("section"), lines = document.createElementNS("http://www.w3.org/2000/svg", "svg");
let shown = null, back = null, ready = null, stop = () => {}, timer = 0; // ready: told to a tap just now

panel.className = "area";
panel.hidden = true;
panel.setAttribute("aria-labelledby", "area-name");
panel.innerHTML = '<header><h3 id="area-name" tabindex="-1"></h3><span class="u"></span><button type="button">'
  + '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M5 5L19 19M19 5L5 19"/></svg></button></header>'
  + '<div class="about"></div><p class="q"></p>';
const [head, about, source] = panel.children, [title, what, shut] = head.children;
document.querySelector("[data-ruler]").before(panel);
lines.setAttribute("class", "area-at");
lines.setAttribute("aria-hidden", "true");
lines.setAttribute("preserveAspectRatio", "none");
lines.innerHTML = '<path class="halo"/><path/>';

// Of now, or of the moment that the page shows.
async function ask() {
  const query = new URLSearchParams({ lang: page.lang });
  if (page.then) query.set("at", page.then);
  const answer = await fetch(`/areas.json?${query}`);
  if (!answer.ok) throw answer.status;
  return answer.json();
}

const area = (told, code) => told[code.length > GU ? "dongs" : "districts"][code];

// As the search gives them, so that it is one thing in the address.
function place(told, code) {
  const [ko, en] = area(told, code), district = code.slice(0, GU);
  const kind = { feed: code.length > GU ? "dongs" : "districts" };
  return { ko, en, kind, district: { code: district, name: told.districts[district][1] } };
}

function codeOf(told, { kind, ko, district }) {
  if (kind.feed === "districts") return district.code;
  return Object.keys(told.dongs).find(code => code.startsWith(district.code) && told.dongs[code][0] === ko);
}

// The border, over the map.
function outline(code) {
  stop();
  const figure = island.embedded?.figure, found = figure ? border(figure, code) : [];
  if (!found.length) return lines.remove();
  const [east, north] = found[0]; // whole numbers of the globe are too long for a path
  const path = found.map(([a, b, c, d]) => `M${a - east} ${north - b}L${c - east} ${north - d}`).join("");
  for (const one of lines.children) one.setAttribute("d", path);
  island.append(lines);
  stop = follow(island, (x, y) =>
    lines.setAttribute("viewBox", `${x.start - east} ${north - y.end} ${x.end - x.start} ${y.end - y.start}`));
  return undefined;
}

function row([word, unit], [html, mark, own], marks) {
  const line = document.createElement("tr");
  line.dataset.aged = "";
  line.innerHTML = '<th scope="row"></th><td><b class="val"></b> <span class="u"></span></td><td></td>';
  const [first, value, old] = line.children;
  first.textContent = word;
  value.firstChild.innerHTML = html;
  value.lastChild.textContent = html === DASH ? "" : own ?? unit;
  old.innerHTML = marks[mark] ?? "";
  return line;
}

function tables(told, code) {
  const cells = area(told, code)[2].values();
  return told.figures[code.length > GU ? "dongs" : "districts"].map(([theme, figures]) => {
    const table = document.createElement("table");
    table.createCaption().textContent = theme;
    table.createTBody().append(...figures.map(figure => row(figure, cells.next().value, told.marks)));
    return table;
  });
}

function block(told, code) {
  const all = document.createElement("div");
  all.className = "figures";
  all.append(...tables(told, code));
  return all;
}

// A dong, and below it its district.
function write(told) {
  const { code } = shown, district = code.slice(0, GU), parts = [block(told, code)];
  title.textContent = area(told, code)[1];
  what.textContent = told.words[code === district ? "districts" : "dongs"];
  shut.setAttribute("aria-label", told.words.close);
  if (code !== district) {
    const whole = document.createElement("h4"), open = document.createElement("button");
    open.type = "button";
    open.textContent = told.districts[district][1];
    open.addEventListener("click", () => {
      ready = told;
      keep(place(told, district));
    });
    whole.append(open);
    parts.push(whole, block(told, district));
  }
  about.replaceChildren(...parts);
  source.textContent = [code === district ? "" : told.words.borders, told.sources].filter(Boolean).join(" ");
  age();
}

// What stands there is of now and grows old by itself until this is answered.
async function renew() {
  const { place: wanted } = shown, moment = page.then;
  try {
    const told = await ask();
    if (shown?.place === wanted && page.then === moment) write(told);
  } catch (problem) {
    if (shown?.place !== wanted || page.then !== moment) return;
    if (moment) about.textContent = (problem >= 500 ? page.sayUnanswered : page.sayUnkept).replace("{time}", clock.hour(clock.now()));
    console.warn("areas", problem.message ?? problem);
  }
}

function reveal() {
  const { top } = panel.getBoundingClientRect(), most = innerHeight * 0.55;
  if (!beside.matches && (top > most || top < 0)) scrollBy({ top: top - most, behavior: calm.matches ? "auto" : "smooth" });
}

// The place that was chosen, in the search, in the address or on the map.
export async function show(wanted) {
  let told = ready;
  ready = null;
  const tapped = told !== null;
  try {
    told ??= await ask();
  } catch (problem) {
    console.warn("areas", problem.message ?? problem);
    return say(box.dataset.lost);
  }
  const code = codeOf(told, wanted);
  if (!code) return undefined;
  shown = { code, place: wanted };
  back ??= document.activeElement;
  panel.hidden = false;
  write(told);
  outline(code);
  if (tapped) title.focus({ preventScroll: true });
  return reveal();
}

// What lies under a finger: its district, or its dong once the map is enlarged.
export async function tap(spot) {
  const { figure } = island.embedded, code = dong(figure, spot);
  if (!code) return undefined;
  const wanted = far(island, figure) ? code.slice(0, GU) : code;
  outline(wanted); // at once
  back = island;
  try {
    ready = await ask();
    return keep(place(ready, wanted));
  } catch (problem) {
    console.warn("areas", problem.message ?? problem);
    if (shown) outline(shown.code);
    else close();
    return say(box.dataset.lost);
  }
}

export function close() {
  stop();
  lines.remove();
  panel.hidden = true;
  if (panel.contains(document.activeElement)) back?.focus({ preventScroll: true });
  [shown, back] = [null, null];
}

shut.addEventListener("click", forget);
document.addEventListener("keydown", event => { if (event.key === "Escape" && shown) forget(); });
document.addEventListener("city:island", () => { if (shown) outline(shown.code); });
setInterval(() => { if (shown && !document.hidden && !page.then) renew(); }, AGAIN);
new MutationObserver(() => {
  clearTimeout(timer);
  timer = setTimeout(() => { if (shown) renew(); }, REST);
}).observe(document.body, { attributeFilter: ["data-then"] });
