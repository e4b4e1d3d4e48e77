// Pictures of a layer's past: of its fixed levels the one that suits how near this viewer looks, fetched
// once the layer is chosen. Which that is the server never hears.

const LEAST = 4; // px that a square has at least
const SIDE = 128; // squares along a picture
const ready = src => {
  const image = Object.assign(new Image(), { crossOrigin: "anonymous", src }); // as Bokeh will ask
  return image.decode().catch(() => null);
};
const frame = () => new Promise(requestAnimationFrame);

// The finest level whose squares are not too small; the coarsest when all are.
function suits(data, metres) {
  const fits = data.level.filter((_, i) => data.wide[i] / SIDE / metres >= LEAST);
  return fits.length ? Math.max(...fits) : Math.min(...data.level);
}

function one(place, figure, renderer, signal) {
  const source = renderer.data_source;
  let asked = 0;
  const put = columns => source.setv({ data: { ...source.data, ...columns } }, { sync: false });

  async function look() {
    const { data } = source, mine = ++asked;
    if (!renderer.visible || !data.level?.length || !place.clientWidth) return;
    const level = suits(data, (figure.x_range.end - figure.x_range.start) / place.clientWidth);
    const here = i => data.level[i] === level && data.src[i] !== "";
    const url = Array.from(data.src, (src, i) => here(i) || data.url[i] === src ? src : "");
    const shown = Array.from(data.src, (_, i) => here(i) ? 1 : 0);
    const same = (a, b) => a.every((value, i) => value === b[i]);
    if (same(url, data.url) && same(shown, data.shown)) return;
    await Promise.all([...new Set(url)].filter(Boolean).map(ready));
    const gone = () => mine !== asked || signal.aborted || source.data.src !== data.src;
    if (gone()) return;
    if (!same(url, data.url)) {
      put({ url }); // what is shown stays until these are there
      await frame();
      await frame();
      if (gone()) return;
    }
    put({ shown });
  }

  let waits = 0;
  const soon = () => {
    if (signal.aborted) return;
    cancelAnimationFrame(waits);
    waits = requestAnimationFrame(look);
  };
  for (const it of [renderer, source, figure.x_range]) it.change.connect(soon);
  soon();
}

export function fetched(place, figure, signal) { // until signal says that it is another figure
  for (const renderer of figure.renderers)
    if (renderer.glyph?.type === "ImageURL") one(place, figure, renderer, signal);
}
