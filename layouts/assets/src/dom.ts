// Making DOM nodes. No string of content is ever parsed as markup.

/** make returns a new element with a class and a text, and adds it to the parent if there is one. */
export function make<K extends keyof HTMLElementTagNameMap>(tag: K, name = "", text = "", parent?: ParentNode): HTMLElementTagNameMap[K] {
  const n = document.createElement(tag);
  if (name) n.className = name;
  if (text) n.textContent = text;
  parent?.append(n);
  return n;
}

export function button(name: string, text: string, parent: ParentNode | undefined, run: () => void): HTMLButtonElement {
  const b = make("button", name, text, parent);
  b.type = "button";
  b.addEventListener("click", run);
  return b;
}

export function link(name: string, text: string, address: string, parent: ParentNode): HTMLAnchorElement {
  const a = make("a", name, text, parent);
  a.href = address;
  return a;
}

/** typing reports whether the focus is on an element in which one types. */
export function typing(): boolean {
  const at = document.activeElement as HTMLElement | null;
  return !!at && (/^(INPUT|SELECT|TEXTAREA)$/.test(at.tagName) || at.isContentEditable);
}

/** plain reports whether a key is meant for the page: pressed without modifiers, not handled yet, and not part of an input method's composition. */
export function plain(e: KeyboardEvent): boolean {
  return !(e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey || e.isComposing);
}

/** ready runs a function when the document has been parsed. */
export function ready(run: () => void): void {
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", run);
  else run();
}
