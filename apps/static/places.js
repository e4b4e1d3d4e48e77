// What finds places comes with the map: its look, then search and the link. What is told of an area,
// and what is near, comes when it is first wanted.

import { attend as linked, wide } from "./goto.js";
import "./search.js";
import "./share.js";

const box = document.querySelector("[data-find]");

const sheet = href => new Promise((loaded, failed) => {
  const link = document.createElement("link");
  Object.assign(link, { rel: "stylesheet", href, onload: loaded, onerror: failed });
  document.head.append(link);
});
const look = sheet("./places.css");
let areas = null;
const told = () => areas ??= Promise.all([import("./areas.js"), sheet("./areas.css")]).then(([module]) => module);

document.addEventListener("city:area", async ({ detail }) => (await told()).tap(detail));
document.addEventListener("city:place", async ({ detail }) => {
  if (wide(detail)) (await told()).show(detail);
  else (await areas)?.close();
});

box.querySelector("[data-near]").addEventListener("click", async () => (await import("./near.js")).toggle());

// The map is there, for the first time or again.
export async function attend() {
  await look;
  box.hidden = false;
  await linked();
}
