// The overlay with the diagnostics. Their text is added as text nodes, never as
// markup.

import { button, link, make } from "./dom.ts";

export interface Shown {
  errors: number;
  title: string;
  close: string;
  items: Item[];
}

/** An item is a diagnostic. */
export interface Item {
  file: string;
  line: number; // from 1; 0 is the file as a whole
  column: number; // from 1
  severity: string;
  rule: string;
  message: string;
  page: string; // path of the page that it is about, from the site's root, or ""
}

const most = 100; // number of diagnostics that are listed, so that the overlay stays usable

let overlay: HTMLElement | null = null;

export function hide(): void {
  overlay?.remove();
  overlay = null;
}

export function show({ errors, title, close, items }: Shown): void {
  hide();
  if (errors === 0) return;
  overlay = make("aside", "annals-live");
  overlay.setAttribute("role", "alert");
  make("strong", "annals-live-title", title, overlay);
  button("annals-live-close", close, overlay, hide);
  const list = make("ol", "annals-live-list", "", overlay);
  for (const item of items.slice(0, most)) row(item, list);
  if (items.length > most) make("p", "annals-live-more", "… +" + (items.length - most), overlay);
  document.body.append(overlay);
}

function row(item: Item, list: HTMLElement): void {
  const li = make("li", "annals-live-item annals-live-" + (item.severity === "error" ? "error" : "warning"), "", list);
  make("code", "annals-live-place", item.line > 0 ? item.file + ":" + item.line + ":" + item.column : item.file, li);
  make("code", "annals-live-rule", item.rule, li);
  make("p", "annals-live-message", item.message, li);
  // Only a path on this server may become a link, no other URL.
  if (/^\/(?![/\\])/.test(item.page)) link("annals-live-page", item.page, item.page, li);
}
