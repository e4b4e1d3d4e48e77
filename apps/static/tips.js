// What a mark says of itself: under the pointer, where a finger taps, and by the arrow keys, nearest
// to the middle first. Worked out here from what the layers sent; the server never hears of it.

import { BETWEEN, column, middle, speaks, words } from "./told.js";
import { far } from "./view.js";

const REACH = { mouse: 6, pen: 8, touch: 12 }; // px around the pointer that still are the mark
const MOST = 200; // marks that the keys go through
const DRAG = 6; // px a pointer may move and still have tapped
const AWAY = 12, EDGE = 4; // px from the mark, and from the edge of the map
const WAYS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
const LAND = new Set(["crowd_cells", "crowd_changes", "crowd_ages", "air_areas", "warning_areas"]); // layers whose marks are the land itself
const speaking = figure => figure.renderers.filter(speaks);

// The mark of a renderer there, by its index; undefined when there is none. Of several points the nearest.
function hit(glyph, sx, sy, reach) {
  const there = shape => glyph.hit_test(shape)?.indices ?? [];
  const point = (x, y) => there({ type: "point", sx: x, sy: y });
  if (!glyph.sx) {
    for (const [dx, dy] of [[0, 0], [reach, 0], [-reach, 0], [0, reach], [0, -reach]]) {
      const [first] = point(sx + dx, sy + dy);
      if (first !== undefined) return first;
    }
    return undefined;
  }
  const near = there({ type: "rect", sx0: sx - reach, sx1: sx + reach, sy0: sy - reach, sy1: sy + reach });
  const far = i => Math.hypot(glyph.sx[i] - sx, glyph.sy[i] - sy);
  return [...new Set([...point(sx, sy), ...near])].sort((a, b) => far(a) - far(b))[0];
}

function box() {
  const made = document.createElement("div");
  Object.assign(made, { className: "tip", hidden: true });
  made.setAttribute("aria-hidden", "true");
  made.innerHTML = '<p class="u"></p><p><b></b> <span></span></p>'
    + '<p class="fr"><svg class="i" aria-hidden="true"><use/></svg><span></span></p>';
  const spoken = document.createElement("p");
  spoken.className = "vh";
  spoken.setAttribute("role", "status");
  const ring = document.createElement("i");
  Object.assign(ring, { className: "tip-at", hidden: true });
  return { made, spoken, ring };
}

export function tell(place, figure, signal) { // until signal says that it is another figure
  const { made, spoken, ring } = box();
  place.append(ring, made, spoken);
  const plot = Bokeh.index[figure.id], views = new Map();
  let shown = null, pinned = false, walk = [], step = -1, down = null, asked = 0;

  // Whether who taps that mark means the land under it: a number of it, and a line in a small view too.
  function land(renderer) {
    const { tags: [layer], glyph: { type } } = renderer, line = type === "MultiLine";
    return LAND.has(layer) || type === "Text" || (line && far(place, figure));
  }

  function find(sx, sy, reach) {
    for (const renderer of speaking(figure).reverse()) {
      if (!views.has(renderer)) views.set(renderer, plot.views.find_one(renderer));
      const i = hit(views.get(renderer).glyph, sx, sy, reach);
      if (i === undefined) continue;
      const { x_scale: x, y_scale: y } = plot.frame;
      const at = column(renderer, "x") ? middle(renderer, i) : { x: x.invert(sx), y: y.invert(sy) };
      return { renderer, i, ...at, key: words({ renderer, i }).name };
    }
    return null;
  }

  function put() { // beside its mark, never over the edge
    const sx = plot.frame.x_scale.compute(shown.x), sy = plot.frame.y_scale.compute(shown.y);
    const { clientWidth: w, clientHeight: h } = place, { offsetWidth: wide, offsetHeight: high } = made;
    const within = (value, most) => Math.max(Math.min(value, most - EDGE), EDGE);
    const above = sy - AWAY - high, top = above < EDGE ? sy + AWAY : above;
    made.style.translate = `${within(sx - wide / 2, w - wide)}px ${within(top, h - high)}px`;
    ring.style.translate = `${sx}px ${sy}px`;
    made.classList.toggle("off", sx < 0 || sy < 0 || sx > w || sy > h);
  }

  function write(aloud) {
    const told = words(shown), [title, line, fresh] = made.children;
    const text = [told.title, told.name, told.values, told.old].filter(Boolean).join(", ");
    title.textContent = told.title;
    [line.firstChild.textContent, line.lastChild.textContent] = [told.name, told.values];
    fresh.hidden = !told.state;
    fresh.className = `fr ${told.state}`;
    fresh.querySelector("use").setAttribute("href", `#f-${told.state || "none"}`);
    fresh.lastChild.textContent = told.old;
    made.hidden = ring.hidden = false;
    made.classList.toggle("pinned", pinned);
    if (aloud) spoken.textContent = text;
    put();
  }

  function close() {
    [shown, pinned, step] = [null, false, -1];
    made.hidden = ring.hidden = true;
    spoken.textContent = "";
  }

  function show(found, pin = false, aloud = pin) {
    if (!found) return close();
    [shown, pinned] = [found, pin];
    return write(aloud);
  }

  function again() { // after a tick: the same mark wherever its row is now, or none
    if (!shown) return;
    const { renderer, key } = shown, tips = speaks(renderer) ? [...column(renderer, "tip")] : [];
    const named = tip => tip?.split(BETWEEN)[0] === key;
    if (!named(tips[shown.i])) shown.i = tips.findIndex(named);
    if (shown.i < 0) return close();
    return write(false);
  }

  const center = () => {
    const [x, y] = [figure.x_range, figure.y_range].map(({ start, end }) => (start + end) / 2);
    return { x, y };
  };

  function keys(way) { // through what is seen, the nearest to the middle first
    const { x_range: x, y_range: y } = figure, mid = center();
    if (step < 0) {
      const all = speaking(figure).flatMap(renderer =>
        Array.from(column(renderer, "tip"), (_, i) => ({ renderer, i, ...middle(renderer, i) })));
      const far = one => Math.hypot(one.x - mid.x, one.y - mid.y);
      walk = all.filter(one => one.x > x.start && one.x < x.end && one.y > y.start && one.y < y.end)
        .sort((a, b) => far(a) - far(b)).slice(0, MOST);
    }
    if (!walk.length) return;
    const next = step < 0 ? 0 : (step + way + walk.length) % walk.length, mark = walk[next];
    show({ ...mark, key: words(mark).name }, true);
    step = next;
  }

  // Where the land is meant and no mark on it: who tells of districts and dongs hears it.
  const tapped = ({ x, y }) => document.dispatchEvent(new CustomEvent("city:area", { detail: { x, y } }));
  const spot = event => {
    const edge = place.getBoundingClientRect();
    return [event.clientX - edge.left, event.clientY - edge.top];
  };
  const on = (target, name, work) => target.addEventListener(name, work, { signal });
  on(place, "pointermove", event => {
    if (event.pointerType === "touch" || pinned) return;
    cancelAnimationFrame(asked);
    if (event.buttons) return close();
    asked = requestAnimationFrame(() => show(find(...spot(event), REACH[event.pointerType] ?? REACH.mouse)));
  });
  on(place, "pointerleave", () => {
    cancelAnimationFrame(asked);
    if (!pinned) close();
  });
  on(place, "pointerdown", event => { down = { at: spot(event), kind: event.pointerType }; });
  on(place, "click", event => {
    const at = spot(event), moved = down && Math.hypot(at[0] - down.at[0], at[1] - down.at[1]) > DRAG;
    cancelAnimationFrame(asked); // else the pointer's last step would take the pin off again
    if (moved) return;
    const found = find(...at, REACH[down?.kind] ?? REACH.mouse), { x_scale: x, y_scale: y } = plot.frame;
    const marked = found && !land(found.renderer);
    show(marked ? found : null, true);
    if (!marked) tapped({ x: x.invert(at[0]), y: y.invert(at[1]) });
  });
  on(document, "pointerdown", event => { if (!place.contains(event.target)) close(); });
  on(document, "keydown", event => { if (event.key === "Escape") close(); });
  on(document, "city:layers", () => { close(); });
  on(place, "keydown", event => {
    if (event.target !== place || !(WAYS[event.key] || event.key === "Enter")) return;
    event.preventDefault();
    if (WAYS[event.key]) keys(WAYS[event.key]);
    else tapped(shown ?? center());
  });
  on(place, "blur", close);
  for (const range of [figure.x_range, figure.y_range])
    range.change.connect(() => {
      if (signal.aborted || !shown) return;
      if (pinned) requestAnimationFrame(() => { if (shown) put(); });
      else close();
    });
  const each = setInterval(again, 1000);
  signal.addEventListener("abort", () => clearInterval(each));

  place.tabIndex = 0;
  place.setAttribute("role", "application");
  place.ariaLabel = [place.dataset.says ??= place.ariaLabel, place.dataset.keys].join(". ");
}
