// The reader's choice of large text, high contrast and a dark page. It is stored
// in the browser, and applied before the page is drawn. Without scripts the page
// follows the system's settings. Also, on every page, the key / moves the focus to
// the search box, and Escape out of it.

import { plain, typing } from "./dom.ts";

const stored = "annals-view";
const views = ["large", "contrast", "dark", "light"];
const { documentElement: root } = document;
const choice = new Set<string>();
try {
  for (const name of (localStorage.getItem(stored) ?? "").split(" ")) if (name) choice.add(name);
} catch {
  // Storage is turned off, so the choice applies to this page only.
}
const systemDark = !choice.has("dark") && !choice.has("light") && matchMedia("(prefers-color-scheme: dark)").matches;
if (systemDark) root.classList.add("system-dark");

function apply(): void {
  for (const name of views) root.classList.toggle(name, choice.has(name));
}

function isOn(name: string): boolean {
  return choice.has(name) || name === "dark" && systemDark && !choice.has("light");
}

function toggle(name: string): void {
  const on = isOn(name);
  if (name === "dark") {
    choice.delete("dark");
    choice.delete("light");
    choice.add(on ? "light" : "dark");
  } else if (on) {
    choice.delete(name);
  } else {
    choice.add(name);
  }
  apply();
  try {
    localStorage.setItem(stored, Array.from(choice).join(" "));
  } catch {
    // As above.
  }
}

apply();

document.addEventListener("keydown", (e) => {
  if (!plain(e)) return;
  const own = document.getElementById("site-search") as HTMLInputElement | null;
  if (e.key === "Escape" && own && document.activeElement === own) {
    own.blur();
    return;
  }
  if (e.key !== "/" || typing()) return;
  const box = document.getElementById("search-query") as HTMLInputElement | null ?? own; // the search page has a larger one
  if (!box) return;
  e.preventDefault();
  if (!box.offsetParent) document.querySelector(".more")?.setAttribute("open", ""); // the menu of a narrow window
  box.focus();
  box.select();
});

document.addEventListener("DOMContentLoaded", () => {
  const bar = document.getElementById("view-choice");
  if (!bar) return;
  const buttons = bar.querySelectorAll<HTMLElement>("button[data-view]");
  const show = (): void => buttons.forEach((b) => b.setAttribute("aria-pressed", String(isOn(b.dataset.view!))));
  for (const b of buttons) {
    b.addEventListener("click", () => {
      toggle(b.dataset.view!);
      show();
    });
  }
  bar.hidden = false;
  show();
});
