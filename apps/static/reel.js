// The last day of the map as it was sent once: for every moment the columns of what moves.

const decoded = (text, wide) => {
  const bytes = Uint8Array.from(atob(text), sign => sign.charCodeAt(0));
  return wide ? new Uint16Array(bytes.buffer) : bytes;
};

// A column: at(step) gives its values of all rows.
function column({ values, wide, index }, count) {
  const which = decoded(index, wide), rows = which.length / count;
  return { at: step => Array.from(which.subarray(step * rows, (step + 1) * rows), i => values[i]) };
}

export class Reel {
  constructor(told) {
    [this.first, this.step, this.known, this.still] = [told.first * 1e3, told.step * 1e3, told.known, told.still];
    this.layers = {};
    for (const [name, parts] of Object.entries(told.layers))
      this.layers[name] = parts.map(part => Object.fromEntries(Object.entries(part).map(([key, it]) => [key, column(it, told.count)])));
  }

  // Which step that moment is; undefined when it is not on the reel, or nothing was kept of it.
  find(at) {
    const n = Math.round((at - this.first) / this.step);
    return this.known[n] ? n : undefined;
  }
}
