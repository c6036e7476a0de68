// The script that `annals serve` adds to the pages it serves. It reloads the page
// when it has changed, and shows the diagnostics while there are errors.

import { onNews } from "./news.ts";
import { hide, show, type Shown } from "./overlay.ts";

/** News is the server's answer about a page. */
interface News extends Shown {
  reload: boolean;
  version: string;
  diagnostics: string; // identifies the diagnostics of the answer
}

let since = document.currentScript?.dataset.version ?? "";
let seen = "";
let page = location.pathname;
try {
  page = decodeURIComponent(page);
} catch {
  // A path that is not UTF-8 is no page of the site.
}

async function ask(): Promise<void> {
  const r = await fetch("/.annals/diagnostics?" + new URLSearchParams({ page, since, seen }), { cache: "no-store" });
  if (r.status !== 200) return; // nothing is new, or another program answers
  const news = await r.json() as News;
  if (news.reload) {
    location.reload();
    return;
  }
  since = news.version;
  if (seen === news.diagnostics) return;
  seen = news.diagnostics;
  show(news);
}

let asking = false;
let pending = false;

/** update asks the server about the page; if it is called again meanwhile, it asks once more afterwards. */
async function update(): Promise<void> {
  pending = true;
  if (asking) return;
  asking = true;
  while (pending) {
    pending = false;
    await ask().catch(() => { /* the server has stopped; the page asks again when it is back */ });
  }
  asking = false;
}

// The style sheet is added after the load event, so that it does not delay the page.
addEventListener("load", () => {
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = "/.annals/live.css";
  document.head.append(style);
});

addEventListener("keydown", (e) => {
  if (e.key === "Escape") hide();
});

onNews(update);

// A page restored from the browser's back/forward cache has missed the server's events.
addEventListener("pageshow", (e) => {
  if (e.persisted) location.reload();
});
