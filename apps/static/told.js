// What the marks of a map tell: their columns, where they are, and what one says of itself as of now.

import { now } from "./clock.js";
import { age } from "./marks.js";

const say = document.body.dataset;
const DASH = "\u2013";
export const BETWEEN = " \u00b7 ";

export const column = (renderer, name) => renderer.data_source.get_column(name);
export const speaks = renderer => renderer.visible && renderer.tags.length > 1 && column(renderer, "tip")?.length;

// Where on the map a mark is, in metres: itself, the middle of a line, the middle of an area's corners.
export function middle(renderer, i) {
  const x = column(renderer, "x"), y = column(renderer, "y");
  if (x) return { x: x[i], y: y[i] };
  let xs = column(renderer, "xs")[i], ys = column(renderer, "ys")[i];
  if (xs[0]?.length === undefined) return { x: xs[xs.length >> 1], y: ys[ys.length >> 1] };
  while (xs[0]?.length !== undefined) [xs, ys] = [xs[0], ys[0]];
  const mean = all => all.reduce((sum, one) => sum + one, 0) / all.length;
  return { x: mean(xs), y: mean(ys) };
}

// Title, name, values, state and age of a mark, as of now: what is past its age has no values.
export function words({ renderer, i }) {
  const [, title, newest, live, silent, behind, note] = renderer.tags;
  const [name, ...values] = column(renderer, "tip")[i].split(BETWEEN), own = column(renderer, "at");
  const at = own ? own[i] : newest, told = { title, name, values: values.join(BETWEEN), state: "", old: "" };
  if (at === null || live === null) return told;
  const past = now() - at * 1e3;
  told.state = past < live * 1e3 ? "live" : past < silent * 1e3 ? "stale" : "none";
  told.old = told.state === "none" ? say.sayNone
    : (told.state === "live" || behind ? say.sayAgo : say.sayLate).replace("{n}", age(past));
  if (told.state === "none") told.values = DASH;
  if (note) told.old += `, ${note}`;
  return told;
}
