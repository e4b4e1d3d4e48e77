// While a hand moves the map its picture is moved as it is, however much is drawn on it; it is drawn
// anew when the hand rests, and meanwhile as often as the drawing itself allows.

const REST = 90; // ms without a movement
const SHARE = 4; // after a drawing so many times its length pass before the next

// wanted(): {west, south, metres}, the corner in metres and metres a pixel; show() has that drawn.
export function sliding(place, figure, wanted, show, signal) {
  const view = Bokeh.index[figure.id];
  let drawn = wanted(), asked = 0, free = 0, timer = 0;

  function put() {
    const { west, south, metres } = wanted(), same = Math.abs(metres / drawn.metres - 1) < 1e-6;
    const [x, y] = same ? [(drawn.west - west) / metres, (south - drawn.south) / metres] : [0, 0];
    place.style.setProperty("--slid", `${x}px, ${y}px`);
  }

  function draw() {
    clearTimeout(timer);
    asked = performance.now();
    show();
  }

  function painted() { // within the painting: nothing jumps
    const { x_range: { start: west, end: east }, y_range: { start: south } } = figure;
    drawn = { west, south, metres: (east - west) / place.clientWidth };
    if (asked) free = performance.now() + SHARE * (performance.now() - asked);
    asked = 0;
    put();
  }

  view.repainted.connect(painted);
  signal.addEventListener("abort", () => {
    clearTimeout(timer);
    view.repainted.disconnect(painted);
  });
  return () => {
    put();
    clearTimeout(timer);
    if (!asked && performance.now() > free) draw();
    else timer = setTimeout(draw, REST);
  };
}
