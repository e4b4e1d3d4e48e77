// Where a viewer looks on a map, and which layers: theirs alone, in this browser, over every tick and
// reload. The server never hears of it.

import { hidden, read, write } from "./link.js";
import { sliding } from "./slide.js";

const MOST = 24; // times nearer than the whole
const STEP = 1.6, KEY = 0.2, MARGIN = 0.02;
const page = document.body.dataset;
const clamp = (value, low, high) => Math.min(Math.max(value, low), high);

const ranges = figure => [figure.x_range, figure.y_range];

function whole(figure) {
  const [x, y] = ranges(figure).map(range => [range.start, range.end]);
  return { x: (x[0] + x[1]) / 2, y: (y[0] + y[1]) / 2, wide: x[1] - x[0], high: y[1] - y[0] };
}

// latitude,longitude,times of a view, and back; null for what is no view of this city.
const EDGE = 20037508.34; // metres at 180 degrees
const written = ({ x, y, times }) => {
  const latitude = (Math.atan(Math.exp(y / EDGE * Math.PI)) * 2 - Math.PI / 2) / Math.PI * 180;
  return `${latitude.toFixed(5)},${(x / EDGE * 180).toFixed(5)},${times.toFixed(2)}`;
};

export const metres = (latitude, longitude) => ({
  x: longitude / 180 * EDGE, y: Math.log(Math.tan((45 + latitude / 2) / 180 * Math.PI)) / Math.PI * EDGE,
});

function linked({ x, y, wide, high }) {
  const [latitude, longitude, times, ...more] = (read("map") ?? "").split(",").map(Number);
  const view = { ...metres(latitude, longitude), times };
  const inside = Math.abs(view.x - x) <= wide / 2 && Math.abs(view.y - y) <= high / 2;
  return inside && times >= 1 && times <= MOST && !more.length ? view : null;
}

// The figure in its place: fitted, then as the viewer left it.
export function look(place, figure, signal) { // until signal says that it is another figure
  const home = whole(figure), key = `view ${page.page} ${page.station} ${place.dataset.island}`;
  const ours = place.dataset.explore !== undefined; // whose view is in the address
  let mine = JSON.parse(sessionStorage.getItem(key) ?? "null"); // {x, y, times}; null: all of it
  if (ours && !(mine && written(mine) === read("map"))) mine = linked(home) ?? mine; // a link is rounded
  const around = place.dataset.fit === "cover" ? Math.min : Math.max;

  // Its padding is where something else lies over the map: all of it is shown inside.
  const room = () => {
    const { clientWidth: w, clientHeight: h } = place, css = getComputedStyle(place);
    const [top, right, bottom, left] = ["Top", "Right", "Bottom", "Left"].map(side => parseFloat(css[`padding${side}`]));
    return { w, h, x: (left + w - right) / 2, y: (bottom + h - top) / 2, wide: w - left - right, high: h - top - bottom };
  };

  const fitted = () => { // metres a pixel when all is shown
    const { wide, high } = room();
    return around(home.wide / wide, home.high / high) * (1 + (around === Math.max ? MARGIN : 0));
  };

  const wanted = () => {
    const at = room(), { x, y, times } = mine ?? { ...home, times: 1 }, metres = fitted() / times;
    return { west: x - at.x * metres, south: y - at.y * metres, metres, times, at };
  };

  function show() {
    const { west, south, metres, times, at } = wanted();
    if (!at.w || !at.h) return;
    const here = { sync: false }; // else Bokeh tells the server where this viewer looks
    figure.x_range.setv({ start: west, end: west + at.w * metres }, here);
    figure.y_range.setv({ start: south, end: south + at.h * metres }, here);
    place.dataset.times = times.toFixed(2);
    place.style.touchAction = times > 1 ? "none" : "pan-y";
  }

  function move(x, y, times, put = show) {
    mine = {
      x: clamp(x, home.x - home.wide / 2, home.x + home.wide / 2),
      y: clamp(y, home.y - home.high / 2, home.y + home.high / 2),
      times: clamp(times, 1, MOST),
    };
    if (!hidden()) sessionStorage.setItem(key, JSON.stringify(mine));
    if (ours) write("map", written(mine));
    put();
  }

  function all() {
    mine = null;
    sessionStorage.removeItem(key);
    if (ours) write("map", null);
    show();
  }

  // Nearer by a factor, what is under (left, top) stays there.
  function near(factor, left, top) {
    const { x, y, times } = mine ?? { ...home, times: 1 }, at = room();
    const after = clamp(times * factor, 1, MOST);
    const dx = left === undefined ? 0 : left - at.x, dy = left === undefined ? 0 : at.h - top - at.y;
    const gained = fitted() / times - fitted() / after;
    move(x + dx * gained, y + dy * gained, after);
  }

  // A finger moves the map only once it is enlarged: before, it scrolls the page.
  function drag(dx, dy, touch) {
    const { x, y, times } = mine ?? { ...home, times: 1 }, metres = fitted() / times;
    if (times > 1 || !touch) move(x - dx * metres, y + dy * metres, times, slide);
  }

  const sizes = new ResizeObserver(show);
  sizes.observe(place);
  signal.addEventListener("abort", () => sizes.disconnect());
  show();
  const slide = ours ? sliding(place, figure, wanted, show, signal) : show;
  if (ours) explore(place, near, drag, all, ({ latitude, longitude, times }) => {
    const { x, y } = metres(latitude, longitude);
    move(x, y, times);
  }, signal);
}

function explore(place, near, drag, all, go, signal) {
  const held = new Map();
  let apart = 0;
  const spot = event => {
    const box = place.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  const spread = () => {
    const [a, b] = [...held.values()];
    return Math.hypot(a[0] - b[0], a[1] - b[1]);
  };
  place.addEventListener("pointerdown", event => {
    held.set(event.pointerId, spot(event));
    place.setPointerCapture(event.pointerId);
    if (held.size === 2) apart = spread();
  }, { signal });
  place.addEventListener("pointermove", event => {
    const before = held.get(event.pointerId);
    if (!before) return;
    const at = spot(event);
    held.set(event.pointerId, at);
    if (held.size === 1) drag(at[0] - before[0], at[1] - before[1], event.pointerType === "touch");
    else if (held.size === 2) {
      const [a, b] = [...held.values()], now = spread();
      near(now / apart, (a[0] + b[0]) / 2, (a[1] + b[1]) / 2);
      apart = now;
    }
  }, { signal });
  for (const over of ["pointerup", "pointercancel"])
    place.addEventListener(over, event => held.delete(event.pointerId), { signal });
  place.addEventListener("dblclick", event => near(STEP, ...spot(event)), { signal });
  place.addEventListener("wheel", event => { // plain scrolling scrolls the page
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    near(Math.exp(-event.deltaY / 300), ...spot(event));
  }, { passive: false, signal });
  document.addEventListener("city:go", ({ detail }) => go(detail), { signal });
  document.addEventListener("city:zoom", ({ detail }) => {
    if (detail === "all") all();
    else near(detail === "in" ? STEP : 1 / STEP);
  }, { signal });
  const ways = { ArrowLeft: [KEY, 0], ArrowRight: [-KEY, 0], ArrowUp: [0, KEY], ArrowDown: [0, -KEY] };
  document.addEventListener("keydown", event => { // the other way than dragging
    const way = event.target.closest?.("[data-zoom]") && ways[event.key];
    if (!way) return;
    event.preventDefault();
    drag(way[0] * place.clientWidth, way[1] * place.clientHeight);
  }, { signal });
}

const LARGE = 50; // metres a pixel, from which on marks stand one by one

export const far = (place, figure) => (figure.x_range.end - figure.x_range.start) / place.clientWidth > LARGE;

// Layers that a button names are shown when chosen; those that none names stay as they came. What is
// for a small view alone (Far), or for a large one, is shown by how many metres a pixel is now.
export function choose(place, figure, signal) {
  const offered = new Set([...document.querySelectorAll("[data-layer]")].map(button => button.dataset.layer));
  const show = () => {
    const chosen = page.layers?.split(" ");
    const small = far(place, figure);
    for (const renderer of figure.renderers) {
      const { tags: [layer], name } = renderer, there = !chosen || !offered.has(layer) || chosen.includes(layer);
      const visible = there && (name === null || (name === "Far") === small);
      if (renderer.visible !== visible) renderer.setv({ visible }, { sync: false });
    }
  };
  show();
  document.addEventListener("city:layers", show, { signal });
  const nearer = new MutationObserver(show);
  nearer.observe(place, { attributeFilter: ["data-times"] });
  signal.addEventListener("abort", () => nearer.disconnect());
}
