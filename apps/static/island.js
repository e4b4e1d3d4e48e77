// Maps: fetched when they come into view (on the wall and the kiosk at once), shown by BokehJS from
// one document shared by all. Where a viewer moved the map is their own, and outlives a reload.

import { choose, look } from "./view.js";

const page = document.body.dataset;
const dark = matchMedia("(prefers-color-scheme: dark)");
const scripts = new Map();
const lives = new WeakMap(); // place: what ends all that listens for the figure it had before
const theme = () => document.documentElement.dataset.theme || (dark.matches ? "dark" : "light");
const rest = ms => new Promise(done => setTimeout(done, ms));

function script(src) {
  if (!scripts.has(src)) scripts.set(src, new Promise((loaded, failed) => {
    const element = document.createElement("script");
    Object.assign(element, { src, async: false, onload: loaded, onerror: failed });
    document.head.append(element);
  }));
  return scripts.get(src);
}

async function ask() {
  const wanted = new URLSearchParams({ page: page.page, lang: page.lang, theme: theme() });
  wanted.set("narrow", innerWidth < 700 ? "1" : "0");
  if (page.station) wanted.set("station", page.station);
  const answer = await fetch(`/island?${wanted}`);
  if (!answer.ok) throw new Error(`island ${answer.status}`);
  return answer.json();
}

async function embed(place) {
  const [it] = await Promise.all([ask(), document.fonts.ready]);
  await Promise.all(it.scripts.map(script));
  const roots = {}, inside = document.createElement("div");
  inside.className = "drawn";
  place.replaceChildren(inside);
  for (const id of it.roots) {
    const root = document.createElement("div");
    root.id = `i-${id}`;
    root.style.height = "100%";
    inside.append(root);
    roots[id] = root.id;
  }
  const item = { token: it.token, roots, root_ids: it.roots, use_for_title: false };
  const before = new Set(Bokeh.documents);
  await Bokeh.embed.embed_items({}, [item], it.app);
  const shown = Bokeh.documents.find(one => !before.has(one));
  const figure = shown.roots().find(root => root.x_range && root.y_range);
  lives.get(place)?.abort();
  const life = new AbortController();
  lives.set(place, life);
  if (figure) {
    look(place, figure, life.signal);
    choose(place, figure, life.signal);
    if (figure.renderers.some(one => one.glyph?.type === "ImageURL")) (await import("./tiles.js")).fetched(place, figure, life.signal);
    if (place.dataset.explore !== undefined) (await import("./tips.js")).tell(place, figure, life.signal);
  }
  place.embedded = { document: shown, figure, look: { theme: theme(), narrow: innerWidth < 700 ? "1" : "0" } };
  if (figure) place.dispatchEvent(new Event("city:island", { bubbles: true }));
  place.dataset.shown = "";
  return new Promise(lost => shown.on_event("connection_lost", lost));
}

async function live(place) {
  for (;;) {
    try {
      await embed(place);
    } catch (problem) {
      console.warn("island", problem.message ?? problem.type);
    }
    delete place.dataset.shown;
    do await rest(2000 + Math.random() * 2000);
    while (document.hidden);
  }
}

export function watch() {
  const places = document.querySelectorAll("[data-island]");
  if (!places.length) return;
  if (page.page !== "mobile") return places.forEach(live);
  const eye = new IntersectionObserver(entries => {
    for (const { target, isIntersecting } of entries) if (isIntersecting) {
      eye.unobserve(target);
      live(target);
    }
  }, { rootMargin: "200px" });
  places.forEach(place => eye.observe(place));
  const drawn = theme();
  const changed = () => { if (theme() !== drawn) location.reload(); };
  dark.addEventListener("change", changed);
  new MutationObserver(changed).observe(document.documentElement, { attributeFilter: ["data-theme"] });
}
