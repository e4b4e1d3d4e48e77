// The search on the map of the citizens' page: what is looked for stays in this browser.

import { find } from "./find.js";
import { all, forget, go, name, say } from "./goto.js";

const MOST = 12;
const box = document.querySelector("[data-find]"), input = box.querySelector("input");
const list = box.querySelector("[role=listbox]");
const ENDINGS = new RegExp(`(?<=..)(${box.dataset.endings.split(" ").join("|")})$`); // a name may do without
let results = [], chosen = -1;

function close() {
  [results, chosen] = [[], -1];
  list.hidden = true;
  list.replaceChildren();
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}

function choose(at) {
  chosen = at;
  [...list.children].forEach((one, i) => one.setAttribute("aria-selected", i === at));
  const one = list.children[at];
  if (one) input.setAttribute("aria-activedescendant", one.id);
  else input.removeAttribute("aria-activedescendant");
  one?.scrollIntoView({ block: "nearest" });
}

function line(place, i) {
  const item = document.createElement("li"), [title, about] = [document.createElement("b"), document.createElement("span")];
  Object.assign(item, { id: `found-${i}`, role: "option" });
  title.textContent = name(place);
  about.textContent = [place.kind.word, place.kind.feed !== "districts" && place.district?.name].filter(Boolean).join(" · ");
  item.append(title, " ", about);
  return item;
}

async function look() {
  const said = input.value;
  if (!said.trim()) {
    say("");
    return close();
  }
  let places;
  try {
    places = await all();
  } catch (problem) {
    console.warn(problem.message);
    close();
    return say(box.dataset.lost, { stays: true });
  }
  if (said !== input.value) return undefined; // more was written meanwhile
  results = find(places, said, MOST, ENDINGS);
  list.replaceChildren(...results.map(line));
  list.hidden = !results.length;
  input.setAttribute("aria-expanded", String(Boolean(results.length)));
  if (results.length) say(box.dataset.count.replace("{n}", results.length), { stays: true, hidden: true });
  else say(box.dataset.none, { stays: true });
  return choose(results.length ? 0 : -1);
}

function take(place) {
  input.value = name(place);
  close();
  go(place);
}

function escape() {
  if (list.hidden) {
    input.value = "";
    forget();
  }
  say("");
  close();
}

const keys = {
  ArrowDown: () => choose((chosen + 1) % results.length),
  ArrowUp: () => choose((chosen - 1 + results.length) % results.length),
  Enter: () => take(results[chosen]),
};
input.addEventListener("focus", () => { all().catch(problem => console.warn(problem.message)); });
input.addEventListener("input", () => {
  if (!input.value) forget();
  look();
});
input.addEventListener("keydown", event => {
  if (event.isComposing) return; // the syllable is not finished
  if (event.key === "Escape") {
    event.stopPropagation();
    escape();
  } else if (keys[event.key] && results.length) {
    event.preventDefault();
    keys[event.key]();
  }
});
list.addEventListener("pointerdown", event => event.preventDefault()); // the field keeps the focus
list.addEventListener("click", ({ target }) => {
  const at = [...list.children].indexOf(target.closest("li"));
  if (at >= 0) take(results[at]);
});
input.addEventListener("blur", close);
document.addEventListener("city:place", ({ detail }) => { input.value = detail ? name(detail) : ""; });
