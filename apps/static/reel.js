// The last day of the map as it was sent once: for every moment the columns of what moves; and what
// happened in it.

import { real } from "./clock.js";

const OLD = 1800e3, REST = 20e3; // ms of the city after which a reel is old; ours between two tries

const decoded = (text, wide) => {
  const bytes = Uint8Array.from(atob(text), sign => sign.charCodeAt(0));
  return wide ? new Uint16Array(bytes.buffer) : bytes;
};

// A column: at(step) gives its values of all rows.
function column({ values, wide, index }, count) {
  const which = decoded(index, wide), rows = which.length / count;
  return { at: step => Array.from(which.subarray(step * rows, (step + 1) * rows), i => values[i]) };
}

class Reel {
  constructor(told) {
    [this.first, this.step, this.known, this.still] = [told.first * 1e3, told.step * 1e3, told.known, told.still];
    [this.events, this.layers] = [told.events, {}];
    for (const [name, parts] of Object.entries(told.layers))
      this.layers[name] = parts.map(part => Object.fromEntries(Object.entries(part).map(([key, it]) => [key, column(it, told.count)])));
  }

  // The first moment of which anything was kept; undefined when nothing was.
  get begin() {
    const n = this.known.indexOf(true);
    return n < 0 ? undefined : this.first + n * this.step;
  }

  // Which step that moment is; undefined when it is not on the reel, or nothing was kept of it.
  find(at) {
    const n = Math.round((at - this.first) / this.step);
    return this.known[n] ? n : undefined;
  }
}

const held = new Map(); // film: its reel, the city's time and ours when it was asked for

export const of = film => held.get(film)?.reel;

// The reel of a map, asked for when there is none yet or it is old; undefined when it is not.
export async function renewed(film, page) {
  const had = held.get(film);
  if (had && (Math.abs(real() - had.at) < OLD || performance.now() - had.since < REST)) return undefined;
  const asked = { at: real(), since: performance.now(), reel: had?.reel };
  held.set(film, asked);
  const query = new URLSearchParams(film.look);
  if (page.station) query.set("station", page.station);
  const answer = await fetch(`/then/${page.page}/reel?${query}`).catch(() => null);
  if (answer?.ok) asked.reel = new Reel(await answer.json());
  else asked.at = -Infinity;
  return answer?.ok ? asked.reel : undefined;
}
