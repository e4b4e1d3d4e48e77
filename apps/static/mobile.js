// What a viewer of the citizens' page chooses: layers and size of the map, the large camera.
// It stays in this browser: nothing is asked of the server, and a tick leaves it as it is.

import { read, write } from "./link.js";

const buttons = name => [...document.querySelectorAll(`button[data-${name}]`)];
const tell = (name, detail) => document.dispatchEvent(new CustomEvent(`city:${name}`, { detail }));
const press = (all, one) => all.forEach(b => b.setAttribute("aria-pressed", b === one));

// The layers of the map; island.js listens, and reads what it missed from the body.
const singles = buttons("layer"), offered = singles.map(b => b.dataset.layer);
const NONE = "none"; // in the address: the ground alone

function layers(names) { // in the order they are offered, whatever the order they were chosen in
  const chosen = offered.filter(name => names.includes(name)).join(" ");
  const same = b => offered.filter(name => b.dataset.layers.split(" ").includes(name)).join(" ") === chosen;
  press(buttons("layers"), buttons("layers").find(same));
  for (const b of singles) b.setAttribute("aria-pressed", names.includes(b.dataset.layer));
  document.body.dataset.layers = chosen;
  sessionStorage.setItem("layers", chosen || NONE);
  legends();
  tell("layers", names);
}

function choose(names) {
  layers(names);
  write("layers", document.body.dataset.layers.replaceAll(" ", ",") || NONE);
}

function toggle(name) {
  const chosen = document.body.dataset.layers.split(" ");
  choose(chosen.includes(name) ? chosen.filter(one => one !== name) : [...chosen, name]);
}

function themes(button) { // opens the list of all layers, or closes it
  const list = document.getElementById("themes");
  list.hidden = !list.hidden;
  button.setAttribute("aria-expanded", !list.hidden);
}

// Of the legends those of the layers that are shown.
function legends() {
  const chosen = document.body.dataset.layers.split(" ");
  for (const one of document.querySelectorAll("[data-legend]")) one.hidden = !chosen.includes(one.dataset.legend);
}

// The large still. data-own tells morph.js to leave alone what the viewer has chosen.
const cameras = document.getElementById("card-camera_grid");

function camera(id) {
  const small = buttons("camera"), chosen = small.find(b => b.dataset.camera === id);
  const large = cameras.querySelector(".cam1"), image = large?.querySelector("img");
  for (const b of small) b.toggleAttribute("data-own", Boolean(chosen));
  large?.toggleAttribute("data-own", Boolean(chosen));
  if (!chosen || !image) return;
  press(small, chosen);
  if (image.dataset.still === id) return;
  image.dataset.still = id;
  image.classList.remove("lost");
  image.src = chosen.querySelector("img").src;
  large.querySelector("figcaption").textContent = chosen.dataset.says;
}

// A section whose source falls silent keeps the room it had: nothing below it moves.
const room = new WeakMap();
const silent = card => card.querySelector(".gone");
const sizes = new ResizeObserver(entries => {
  for (const { target } of entries) if (!silent(target)) room.set(target, target.offsetHeight);
});

function stay() {
  for (const card of document.querySelectorAll("main [data-card]"))
    card.style.minHeight = silent(card) && room.has(card) ? `${room.get(card)}px` : "";
}

// Which section is being read: its link in the menu says so.
function follow() {
  const [home, ...links] = document.querySelectorAll("nav a");
  const places = links.map(link => [link, document.querySelector(link.hash)]).filter(p => p[1]);
  const look = () => {
    let read = home, lowest = 0;
    for (const [link, place] of scrollY < 40 ? [] : places) {
      const top = place.getBoundingClientRect().top + scrollY;
      if (top < scrollY + innerHeight * 0.4 && top > lowest) [read, lowest] = [link, top];
    }
    for (const link of [home, ...links])
      if (link !== read) link.removeAttribute("aria-current");
      else link.setAttribute("aria-current", "location");
  };
  addEventListener("scroll", look, { passive: true });
  look();
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  if (button?.dataset.layers) choose(button.dataset.layers.split(" "));
  if (button?.dataset.layer) toggle(button.dataset.layer);
  if (button?.dataset.themes !== undefined) themes(button);
  if (button?.dataset.zoom) tell("zoom", button.dataset.zoom);
  if (button?.dataset.camera) {
    sessionStorage.setItem("camera", button.dataset.camera);
    camera(button.dataset.camera);
  }
});

// What finds places comes with the map, each time it is drawn anew.
document.addEventListener("city:island", async ({ target }) => (await import("./places.js")).attend(target));

// Those the address names, else those chosen last, as far as they are offered; else the first choice.
const said = read("layers")?.split(",") ?? sessionStorage.getItem("layers")?.split(" ") ?? [];
const wanted = said.filter(name => name === NONE || offered.includes(name));
layers(wanted.length ? wanted : buttons("layers")[0].dataset.layers.split(" "));
const main = document.querySelector("main");
const after = () => {
  legends();
  stay();
  if (cameras) camera(sessionStorage.getItem("camera"));
};
new MutationObserver(after).observe(main, { childList: true, subtree: true });
for (const card of main.querySelectorAll("[data-card]")) sizes.observe(card);
after();
follow();
const whole = () => { document.body.dataset.whole = ""; }; // what is far below is laid out too
if (document.readyState === "complete") whole();
else addEventListener("load", () => setTimeout(whole, 300));
