// While the page shows another moment, what comes of the present waits here: the city's time stands,
// and the fragments and patches that arrive are put in their places when the page is of now again.

import { put } from "./morph.js";

const MOST = 2000; // patches of a map that may wait: after more it is fetched anew
const waiting = new Map(); // fragment: its newest HTML
let then = null; // ms, the moment shown

export const shown = () => then;

// A fragment of the present: now, or once it is now again.
export function take(name, html) {
  if (then === null) put(name, html);
  else waiting.set(name, html);
}

// Fragments of another moment; what stood there comes back with release.
export function show(at, fragments) {
  then = at;
  for (const [name, html] of Object.entries(fragments)) {
    const place = document.getElementById(`card-${name}`);
    if (place && !waiting.has(name)) waiting.set(name, place.innerHTML);
    put(name, html);
  }
}

export function release() {
  then = null;
  for (const [name, html] of waiting) put(name, html);
  waiting.clear();
}

// Cards that tell of now alone say so while the others do not.
export function present(names) {
  for (const card of document.querySelectorAll("[data-card]"))
    card.toggleAttribute("data-present", names.includes(card.dataset.card));
}

// A map as it was: columns by layer; the document's patches wait meanwhile.
export class Film {
  constructor({ document, figure, look }) {
    [this.document, this.figure, this.look] = [document, figure, look];
    this.live = new Map(); // renderer: its columns and tags of the present
    this.patches = [];
    this.apply = document.apply_json_patch;
  }

  begin() {
    if (this.live.size) return;
    for (const renderer of this.figure.renderers)
      this.live.set(renderer, [renderer.data_source.data, renderer.tags]);
    this.document.apply_json_patch = (...patch) => this.patches.length < MOST && this.patches.push(patch);
  }

  // A moment of the reel: what moves and is not on it is empty until its answer comes.
  roll(reel, step) {
    const told = {};
    for (const [layer, parts] of Object.entries(reel.layers))
      told[layer] = { stamp: null, parts: parts.map(part => Object.fromEntries(Object.entries(part).map(([name, column]) => [name, column.at(step)]))) };
    this.put(told, reel.still);
  }

  // told: {layer: {stamp, parts: columns of each of its elements}}; other layers than still are empty.
  put(told, still) {
    this.begin();
    const count = {};
    for (const [renderer, [data, tags]] of this.live) {
      const [layer] = tags, n = count[layer] = (count[layer] ?? -1) + 1;
      if (still.includes(layer)) continue;
      const part = told[layer]?.parts[n], fresh = { ...data, ...part };
      const rows = new Set(Object.values(fresh).map(column => column.length));
      if (!part || rows.size > 1) for (const name in fresh) fresh[name] = [];
      if (told[layer]?.stamp === null && fresh.tip) fresh.tip = fresh.tip.map(() => "");
      const to = told[layer]?.stamp && tags.length > 1 ? [layer, ...told[layer].stamp] : tags;
      renderer.data_source.setv({ data: fresh }, { sync: false });
      renderer.setv({ tags: to }, { sync: false });
    }
  }

  end() {
    if (!this.live.size) return;
    for (const [renderer, [data, tags]] of this.live) {
      renderer.data_source.setv({ data }, { sync: false });
      renderer.setv({ tags }, { sync: false });
    }
    this.live.clear();
    this.document.apply_json_patch = this.apply;
    if (this.patches.length >= MOST) location.reload();
    else for (const patch of this.patches) this.apply.call(this.document, ...patch);
    this.patches = [];
  }
}
