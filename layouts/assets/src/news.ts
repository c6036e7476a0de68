// Events from the server to the tabs of a browser. A browser opens at most six
// connections to a server, and a stream of events occupies one. Therefore only one
// tab, the leading one, receives the stream and passes the events to the others.

const name = "annals-live";
const events = "/.annals/events";
const pause = 1000; // milliseconds between requests if tabs cannot elect a leader

/** onNews calls changed once at the start, and whenever something may have changed. */
export function onNews(changed: () => void): void {
  // The type says that navigator.locks always exists. It does not on a page of
  // another machine served without TLS.
  const locks = navigator.locks as LockManager | undefined;
  if (locks && typeof BroadcastChannel === "function") follow(locks, changed);
  else poll(changed);
}

/** follow receives events from the leading tab, and becomes the leading tab when that tab is closed. */
function follow(locks: LockManager, changed: () => void): void {
  const channel = new BroadcastChannel(name);
  channel.onmessage = changed;
  changed();
  // The browser holds the lock until the page is closed, and then gives it to another tab.
  const held = locks.request(name, () => new Promise<never>(() => {
    // The stream begins with a message, so that a change between two leading tabs is not missed.
    const stream = new EventSource(events);
    stream.onmessage = () => {
      channel.postMessage("");
      changed();
    };
    addEventListener("pagehide", () => stream.close());
  }));
  held.catch(() => poll(changed)); // a browser may refuse locks
}

/** poll calls changed at regular intervals while the page is visible. */
function poll(changed: () => void): void {
  const look = (): void => {
    if (!document.hidden) changed();
  };
  look();
  setInterval(look, pause);
  document.addEventListener("visibilitychange", look);
}
