// The city's time in the browser: told by the server, and kept when the server is silent.
// With the practice city it runs faster than ours, on another day.

const SEOUL = 9 * 3600e3;
const told = document.body.dataset;
let base = Date.parse(told.now), since = performance.now(), speed = Number(told.speed);

let standing = null; // the moment shown, when it is not now

export const real = () => base + (performance.now() - since) * speed;
export const now = () => standing ?? real();
export const then = () => standing;
export const stand = at => { standing = at; };

export function set(iso, pace) {
  const at = Date.parse(iso);
  if (pace === speed && Math.abs(at - real()) < 1000 * Math.max(speed, 1)) return;
  [base, since, speed] = [at, performance.now(), pace];
}

export const hour = at => new Date(at + SEOUL).toISOString().slice(11, 16);

export function show() {
  const text = hour(now());
  for (const place of document.querySelectorAll("[data-clock]"))
    if (place.textContent !== text) place.textContent = text;
}
