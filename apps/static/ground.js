// The land as the map has it: which dong is where, and what bounds some of them. The shapes are those
// that the shared document draws; a dong may be several.

const shapes = new WeakMap(); // figure: [{code, polygons: [[[x, y] of each ring]]}], kept when the map is emptied

function land(figure) {
  if (!shapes.has(figure)) {
    const column = name => sources.map(source => source.get_column(name)).find(Boolean);
    const sources = figure.renderers.map(one => one.data_source).filter(one => one.get_column("area")?.length);
    if (!sources.length) return [];
    const [codes, xs, ys] = ["area", "xs", "ys"].map(column);
    shapes.set(figure, Array.from(codes, (code, i) => ({ code, xs: [...xs[i]].flat(), ys: [...ys[i]].flat() })));
  }
  return shapes.get(figure);
}

// Whether a point lies inside rings, each a list: in a hole it does not.
function inside(xs, ys, x, y) {
  let within = false;
  xs.forEach((ring, r) => {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [ya, yb] = [ys[r][i], ys[r][j]];
      if ((ya > y) !== (yb > y) && x < (ring[j] - ring[i]) * (y - ya) / (yb - ya) + ring[i]) within = !within;
    }
  });
  return within;
}

// Code of the dong at that place, in metres; undefined outside the city.
export const dong = (figure, { x, y }) => land(figure).find(one => inside(one.xs, one.ys, x, y))?.code;

// What bounds all whose code begins so, as lines of [x, y, x, y]: of two neighbours not the border between.
export function border(figure, code) {
  const lines = new Map();
  for (const { code: own, xs, ys } of land(figure)) if (own.startsWith(code)) xs.forEach((ring, r) => {
    for (let i = 1; i <= ring.length; i++) {
      const ends = [i - 1, i % ring.length].map(k => [ring[k], ys[r][k]]);
      const key = ends.map(String).sort().join();
      if (ends[0].join() === ends[1].join()) continue;
      if (!lines.delete(key)) lines.set(key, ends.flat());
    }
  });
  return [...lines.values()];
}
