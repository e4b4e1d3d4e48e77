// What a viewer of the board looks for: a state, a word. It stays in this browser; a tick leaves it.

const say = document.body.dataset;
const buttons = [...document.querySelectorAll("button[data-show]")];
const input = document.querySelector("[data-find]");
const found = document.querySelector("[data-found]");
const sections = [...document.querySelectorAll(".theme")];
const main = document.querySelector("main");
let show = sessionStorage.getItem("board") ?? "";

// By the mark, which the browser ages by itself, where the state is one of age.
const AGES = { live: "live", stale: "late", none: "silent" };
function state(row) {
  const mark = row.querySelector(".fr[data-live]");
  const aged = mark && Object.keys(AGES).find(name => mark.classList.contains(name));
  return aged ? AGES[aged] : row.dataset.state;
}

function look() {
  const words = input.value.trim().toLocaleLowerCase(say.lang).split(/\s+/).filter(Boolean);
  const counts = {};
  let all = 0, shown = 0;
  for (const section of sections) {
    let any = false;
    for (const list of section.querySelectorAll("ul")) {
      let some = false;
      for (const row of list.children) {
        const is = state(row), text = row.textContent.toLocaleLowerCase(say.lang);
        const fits = words.every(word => text.includes(word));
        const there = fits && (!show || show === is);
        if (fits) counts[is] = (counts[is] ?? 0) + 1;
        [all, shown, some] = [all + 1, shown + there, some || there];
        if (row.hidden === there) row.hidden = !there;
      }
      any ||= some;
      const head = list.previousElementSibling;
      if (head.matches("h3") && head.hidden === some) head.hidden = !some;
    }
    if (section.hidden === any) section.hidden = !any;
  }
  counts[""] = Object.values(counts).reduce((sum, n) => sum + n, 0);
  for (const button of buttons) {
    const n = String(counts[button.dataset.show] ?? 0), place = button.querySelector("[data-count]");
    if (place.textContent !== n) place.textContent = n;
    button.setAttribute("aria-pressed", button.dataset.show === show);
  }
  const text = found.dataset.says.replace("{n}", shown).replace("{all}", all);
  if (found.textContent !== text) found.textContent = text;
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest("button[data-show]");
  if (!button) return;
  show = button.dataset.show;
  sessionStorage.setItem("board", show);
  look();
});
input.addEventListener("input", look);
document.querySelector(".themes").addEventListener("click", ({ target }) => { // to what is hidden: all of it
  const hash = target.closest("a")?.hash;
  if (!hash || !document.querySelector(hash)?.hidden) return;
  [show, input.value] = ["", ""];
  look();
});
if (!buttons.some(button => button.dataset.show === show)) show = "";
look();
document.body.dataset.found = "";
setInterval(look, 2000);
