// A place by its name: the list of all places comes once, what is looked for stays here.
// Korean is found by parts and by first consonants (ㅎㄷ is 홍대), English in either case.

import { read, write } from "./link.js";

const MOST = 12, LEADS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
const ENDING = /(?<=..)(역|동|구|station|dong)$/; // which a name may do without
const page = document.body.dataset;
const box = document.querySelector("[data-search]"), input = box.querySelector("input");
const list = box.querySelector("ul"), spoken = box.querySelector("[role=status]");
let all, chosen = -1, found = [];

const plain = text => text.normalize("NFC").toLowerCase().replace(/[\s·.,()-]/g, "");
const leads = text => [...text].map(sign => {
  const n = sign.charCodeAt(0) - 0xac00;
  return n >= 0 && n < 11172 ? LEADS[Math.floor(n / 588)] : sign;
}).join("");

async function places() {
  all ??= fetch(`/places.json?lang=${page.lang}`).then(answer => {
    if (!answer.ok) throw new Error(`places ${answer.status}`);
    return answer.json();
  }).then(({ kinds, places: rows }) => rows.map(([name, other, kind, latitude, longitude, district]) => {
    const keys = [name, other].filter(Boolean).map(plain);
    return { name, district, kind, word: kinds[kind][0], times: kinds[kind][1], latitude, longitude, keys, first: leads(keys[0]) };
  }));
  all.catch(() => { all = undefined; });
  return all;
}

// How well a place fits, the smaller the better; undefined when it does not.
function fit(place, text) {
  if (!place.keys.some(key => key.includes(text))) text = text.replace(ENDING, "");
  const at = place.keys.map(key => key.indexOf(text)).filter(n => n >= 0);
  if (at.length) return Math.min(...at) * 10 + Math.min(...place.keys.map(key => key.length - text.length), 9) + place.kind / 10;
  return /^[ㄱ-ㅎ]+$/.test(text) && place.first.startsWith(text) ? place.first.length + place.kind / 10 : undefined;
}

async function look() {
  const text = plain(input.value);
  const rows = text ? await places() : [];
  if (plain(input.value) !== text) return; // overtaken
  found = rows.map(place => [fit(place, text), place]).filter(([n]) => n !== undefined)
    .sort((a, b) => a[0] - b[0]).slice(0, MOST).map(([, place]) => place);
  chosen = -1;
  list.replaceChildren(...found.map((place, i) => {
    const item = document.createElement("li"), name = document.createElement("b"), more = document.createElement("span");
    Object.assign(item, { id: `found-${i}`, role: "option" });
    name.textContent = place.name;
    more.textContent = [place.word, place.district !== place.name && place.district].filter(Boolean).join(" · ");
    item.append(name, more);
    return item;
  }));
  spoken.textContent = found.length ? input.dataset.found.replace("{n}", found.length) : "";
  open(Boolean(text));
  if (text && !found.length) none(input.dataset.none);
}

// Why there is nothing to choose, in words.
function none(text) {
  const item = document.createElement("li");
  item.textContent = spoken.textContent = text;
  item.setAttribute("aria-disabled", "true");
  list.replaceChildren(item);
  found = [];
  open(true);
}

function open(shown) {
  list.hidden = !shown;
  input.setAttribute("aria-expanded", shown);
  if (!shown) input.removeAttribute("aria-activedescendant");
}

function choose(n) {
  chosen = found.length ? (n + found.length) % found.length : -1;
  [...list.children].forEach((item, i) => item.setAttribute("aria-selected", i === chosen));
  if (chosen < 0) return;
  input.setAttribute("aria-activedescendant", `found-${chosen}`);
  list.children[chosen].scrollIntoView({ block: "nearest" });
}

// There, in the middle of the map, with a ring around it until the map is moved.
function go(place) {
  open(false);
  input.value = place.name;
  spoken.textContent = `${place.name}, ${place.word}`;
  write("place", place.name);
  show(place);
}

function show({ latitude, longitude, times }) {
  document.dispatchEvent(new CustomEvent("city:go", { detail: { latitude, longitude, times } }));
  const map = document.querySelector("[data-explore]"), ring = document.createElement("i");
  map.querySelector(".here")?.remove();
  ring.className = "here";
  map.append(ring);
  const off = () => ring.remove();
  for (const moved of ["pointerdown", "wheel"]) map.addEventListener(moved, off, { once: true, passive: true });
  document.addEventListener("city:zoom", off, { once: true });
}

input.addEventListener("focus", () => places().catch(() => {}));
input.addEventListener("input", () => look().catch(() => none(input.dataset.lost)));
input.addEventListener("keydown", event => {
  if (event.isComposing) return; // Enter ends a Korean syllable first
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && !list.hidden) choose(chosen < 0 && step < 0 ? -1 : chosen + step);
  else if (event.key === "Enter" && found.length) go(found[Math.max(chosen, 0)]);
  else if (event.key === "Escape" && !list.hidden) open(false);
  else return;
  event.preventDefault();
});
list.addEventListener("pointerdown", event => event.preventDefault()); // the focus stays
list.addEventListener("click", ({ target }) => {
  const item = target.closest("[role=option]");
  if (item) go(found[Number(item.id.slice(6))]);
});
input.addEventListener("blur", () => open(false));
box.hidden = false;
if (read("place") && !read("map")) // a link to a place alone
  places().then(rows => {
    const place = rows.find(one => one.name === read("place"));
    if (place) go(place);
  }).catch(() => {});
