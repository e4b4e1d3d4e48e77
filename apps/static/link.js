// What a viewer looks at, in the address: who is sent the link sees the same. Nothing is asked of
// the server for it. map: latitude,longitude,times; layers: their names; at: a moment; place.

const LATER = 300; // ms after the last change: browsers let few changes a second through
const waiting = new Map();
let timer = 0, secret = false;

export const read = name => new URL(location.href).searchParams.get(name);

// "" or null takes it out of the address.
export function write(name, value) {
  waiting.set(name, value);
  clearTimeout(timer);
  if (!secret) timer = setTimeout(put, LATER);
}

// The address of what is seen now, for who sends it.
export function address() {
  const made = new URL(location.href);
  for (const [key, said] of waiting) {
    if (said) made.searchParams.set(key, said);
    else made.searchParams.delete(key);
  }
  return made.href.replaceAll("%2C", ",").replaceAll("%3A", ":");
}

function put() {
  history.replaceState(history.state, "", address());
  waiting.clear();
}

// From now on what is written stays out of the address, which a reload would send: the view may tell
// where the viewer is.
export function hide() {
  secret = true;
  clearTimeout(timer);
}

export const hidden = () => secret;
