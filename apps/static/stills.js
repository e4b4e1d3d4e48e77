// Camera stills: asked for again while they can be seen; the new one takes the old one's place
// only once it is there. Without a picture the hatching under it shows.

const AGAIN = 5000; // ms
const seen = new WeakMap();

function renew(image) {
  const next = new Image();
  next.onload = () => {
    image.src = next.src;
    image.classList.remove("lost");
  };
  next.onerror = () => image.classList.add("lost");
  next.src = `/still/${image.dataset.still}.jpg?t=${Math.floor(Date.now() / AGAIN)}`;
}

export function watch() {
  const eye = new IntersectionObserver(entries => {
    for (const entry of entries) seen.set(entry.target, entry.isIntersecting);
  });
  const look = () => {
    if (document.hidden) return;
    for (const image of document.querySelectorAll("img[data-still]")) {
      if (!seen.has(image)) {
        seen.set(image, false);
        eye.observe(image);
        image.addEventListener("error", () => image.classList.add("lost"));
        if (image.complete && !image.naturalWidth) image.classList.add("lost");
      } else if (seen.get(image)) renew(image);
    }
  };
  look();
  setInterval(look, AGAIN);
}
