// The address of what is seen, to be sent: by the system's own sheet where there is one, else copied.

import { address } from "./link.js";
import { say } from "./goto.js";

const box = document.querySelector("[data-find]");

async function share() {
  const url = address();
  try {
    if (navigator.share) return await navigator.share({ title: document.title, url });
    await navigator.clipboard.writeText(url);
    return say(box.dataset.copied);
  } catch (problem) { // the sheet was closed without sending: nothing is to be said
    return problem.name === "AbortError" ? undefined : say(box.dataset.uncopied);
  }
}

box.querySelector("[data-share]").addEventListener("click", share);
