// What a viewer looks at, in the address: who is sent the link sees the same. Nothing is asked of
// the server for it. map: latitude,longitude,times; layers: their names; at: a moment; place.

const LATER = 300; // ms after the last change: browsers let few changes a second through
const waiting = new Map();
let timer = 0;

export const read = name => new URL(location.href).searchParams.get(name);

// "" or null takes it out of the address.
export function write(name, value) {
  waiting.set(name, value);
  clearTimeout(timer);
  timer = setTimeout(() => {
    const address = new URL(location.href);
    for (const [key, said] of waiting) {
      if (said) address.searchParams.set(key, said);
      else address.searchParams.delete(key);
    }
    waiting.clear();
    history.replaceState(history.state, "", address.href.replaceAll("%2C", ",").replaceAll("%3A", ":"));
  }, LATER);
}
