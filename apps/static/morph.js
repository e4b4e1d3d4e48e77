// Puts a new fragment in the place of the old one, touching only what differs: focus, scroll,
// pictures and the map stay as they are. What changed fades in; nothing does for who wants no motion.
// data-own, set by a page's script, is on what the viewer has chosen: it is left alone.

const calm = matchMedia("(prefers-reduced-motion: reduce)");
const OURS = new Set(["class", "style", "hidden", "open"]); // kept where data-keep says so

const same = (a, b) => a.nodeName === b.nodeName && a.id === b.id
  && a.dataset?.still === b.dataset?.still && a.dataset?.key === b.dataset?.key;

function attributes(old, fresh) {
  const kept = name => (name === "src" && old.dataset.still) || (old.hasAttribute("data-keep") && OURS.has(name));
  for (const { name } of [...old.attributes])
    if (!fresh.hasAttribute(name) && !kept(name)) old.removeAttribute(name);
  for (const { name, value } of fresh.attributes)
    if (old.getAttribute(name) !== value && !kept(name)) old.setAttribute(name, value);
}

function fade(element) {
  if (!calm.matches && !element?.closest(".fr, [data-clock]"))
    element?.animate({ opacity: [0.3, 1] }, 160);
}

export function morph(old, fresh) {
  const before = [...old.childNodes], after = [...fresh.childNodes];
  after.forEach((node, i) => {
    const was = before[i];
    if (!was) old.append(node);
    else if (was.isEqualNode(node)) return;
    else if (!same(was, node)) was.replaceWith(node);
    else if (was.dataset?.own !== undefined || was.dataset?.island !== undefined) return;
    else if (was.nodeType !== Node.ELEMENT_NODE) {
      was.data = node.data;
      fade(was.parentElement);
    } else {
      attributes(was, node);
      morph(was, node);
    }
  });
  before.slice(after.length).forEach(node => node.remove());
}

export function put(name, html) {
  const place = document.getElementById(`card-${name}`);
  if (!place) return;
  const fresh = document.createElement("template");
  fresh.innerHTML = html;
  morph(place, fresh.content);
}
