// What lies over a map and stays where it is on the ground, however the map is moved.

const part = (range, at) => (at - range.start) / (range.end - range.start);

// Calls put now and after each move, by the ranges, which fill the map: Bokeh's own scales know of a
// new size later. Returns what ends it.
export function follow(island, put) {
  const { x_range, y_range } = island.embedded.figure, ranges = [x_range, y_range];
  let ended = false;
  const again = () => requestAnimationFrame(() => { if (!ended) put(x_range, y_range); });
  ranges.forEach(range => range.change.connect(again));
  again();
  return () => {
    ended = true;
    ranges.forEach(range => range.change.disconnect(again));
  };
}

// Keeps an element at that place, in metres; out of sight it is hidden.
export function pin(island, element, { x, y }) {
  element.ariaHidden = "true"; // it was said
  island.append(element);
  return follow(island, (x_range, y_range) => {
    const [east, north] = [part(x_range, x), part(y_range, y)];
    element.style.translate = `${east * island.clientWidth}px ${(1 - north) * island.clientHeight}px`;
    element.hidden = !(east >= 0 && east <= 1 && north >= 0 && north <= 1);
  });
}
