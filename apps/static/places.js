// What finds places comes with the map: its look, then search, what is near, and the link.

import { attend as linked } from "./goto.js";
import "./search.js";
import "./share.js";

const box = document.querySelector("[data-find]");

const look = new Promise((loaded, failed) => {
  const sheet = document.createElement("link");
  Object.assign(sheet, { rel: "stylesheet", href: "./places.css", onload: loaded, onerror: failed });
  document.head.append(sheet);
});

// The map is there, for the first time or again.
export async function attend() {
  await look;
  box.hidden = false;
  await linked();
}
