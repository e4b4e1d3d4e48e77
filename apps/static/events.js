// Above the ruler a mark for each of the gravest events, as many as a finger can tell apart. Under a
// pointer and the keyboard it says what it is; a tap goes to the moment at which it was known. On a
// wall, where nobody points, the gravest says so all the time.

const MOST = 12, BETWEEN = " \u00b7 ";
const SIGN = '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 19L3 5H21Z"/></svg>';
const WAYS = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity };

export class Events {
  // share: where on the ruler a moment is, 0 to 1; time: it in words; ahead: whether it is to come.
  // spoken: whether the gravest is told without being pointed at.
  constructor(row, lang, { share, time, ahead, go, spoken }) {
    Object.assign(this, { row, lang, share, time, ahead, go, spoken, told: [], marks: new Map() });
    this.said = row.querySelector("p");
    const mark = ({ target }) => target.closest?.("button");
    for (const name of ["pointerover", "focusin"]) row.addEventListener(name, event => mark(event) && this.say(mark(event)));
    for (const name of ["pointerout", "focusout"]) row.addEventListener(name, () => this.hush());
    row.addEventListener("keydown", event => this.key(event));
    document.addEventListener("keydown", ({ key }) => key === "Escape" && this.hush());
    row.addEventListener("click", event => {
      const button = mark(event);
      if (!button) return;
      this.go(this.marks.get(button));
      this.say(button);
    });
    new ResizeObserver(() => this.pick()).observe(row);
  }

  // told: [{at, seen, words}], the gravest first; times in seconds since 1970.
  put(told) {
    this.told = told;
    this.pick();
  }

  // A lesser event gives way to each it would touch.
  pick() {
    const wide = this.row.clientWidth, tap = this.row.clientHeight, taken = [];
    for (const event of this.told) {
      const at = this.share(event.at * 1e3), room = taken.every(other => Math.abs(this.share(other.at * 1e3) - at) * wide >= tap);
      if (room && at >= 0 && at <= 1 && taken.length < MOST) taken.push(event);
    }
    [this.first] = taken;
    taken.sort((a, b) => a.at - b.at);
    const same = (a, b) => a.at === b.at && a.words[this.lang] === b.words[this.lang];
    const marks = taken.map(event => [[...this.marks].find(([, had]) => same(had, event))?.[0] ?? made(), event]);
    for (const button of this.marks.keys()) if (!marks.some(([other]) => other === button)) button.remove();
    this.marks = new Map(marks);
    this.row.prepend(...this.marks.keys());
    this.move();
    this.hush();
  }

  // Where they are now; of one that is to come the sign is hollow.
  move(shown) {
    const buttons = [...this.marks.keys()], first = buttons.find(button => button === document.activeElement) ?? buttons[0];
    for (const [button, { at, seen, words }] of this.marks) {
      const there = this.share(at * 1e3);
      button.hidden = there < 0;
      button.style.left = `${100 * there}%`;
      button.tabIndex = button === first ? 0 : -1;
      button.classList.toggle("ahead", this.ahead(at * 1e3));
      button.setAttribute("aria-label", [this.time(at * 1e3), words[this.lang] ?? words.en].join(BETWEEN));
      if (shown === seen * 1e3) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    }
  }

  say(button) {
    this.said.textContent = button.getAttribute("aria-label");
    this.said.hidden = false;
    const half = this.said.offsetWidth / 2, middle = button.offsetLeft + button.offsetWidth / 2;
    this.said.style.left = `${Math.max(half, Math.min(middle, this.row.clientWidth - half))}px`;
  }

  hush() {
    const gravest = this.spoken && [...this.marks].find(([, event]) => event === this.first)?.[0];
    if (gravest && !gravest.hidden) this.say(gravest);
    else this.said.hidden = true;
  }

  // One stop of the tab key; the arrows go on from there.
  key(event) {
    const buttons = [...this.marks.keys()].filter(button => !button.hidden), way = WAYS[event.key];
    if (way === undefined) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(buttons.indexOf(document.activeElement) + way, buttons.length - 1));
    for (const [n, button] of buttons.entries()) button.tabIndex = n === next ? 0 : -1;
    buttons[next]?.focus();
  }
}

function made() {
  const button = document.createElement("button");
  button.type = "button";
  button.innerHTML = SIGN;
  return button;
}
