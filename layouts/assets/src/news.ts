// How the tabs of a browser hear from the server. A browser opens six
// connections to a server, and each stream of events holds one: so one tab
// leads, and the others listen to it.

const name = "annals-live";
const events = "/.annals/events";
const pause = 1000; // milliseconds between questions where no tab can lead

/** onNews calls tell once at the start, and whenever something may have changed. */
export function onNews(tell: () => void): void {
  // The type says that navigator.locks always exists. It does not on a page of
  // another machine served without TLS.
  const locks = navigator.locks as LockManager | undefined;
  if (locks && typeof BroadcastChannel === "function") follow(locks, tell);
  else poll(tell);
}

/** follow receives news from the leading tab, and takes the lead when that tab is closed. */
function follow(locks: LockManager, tell: () => void): void {
  const channel = new BroadcastChannel(name);
  channel.onmessage = tell;
  tell();
  // The lock is held as long as the page is there, and then goes to the next.
  const held = locks.request(name, () => new Promise<never>(() => {
    // The stream begins with a message, so that nothing is missed in between.
    const stream = new EventSource(events);
    stream.onmessage = () => {
      channel.postMessage("");
      tell();
    };
    addEventListener("pagehide", () => stream.close());
  }));
  held.catch(() => poll(tell)); // a browser may refuse locks
}

/** poll asks again and again while somebody looks at the page. */
function poll(tell: () => void): void {
  const look = (): void => {
    if (!document.hidden) tell();
  };
  look();
  setInterval(look, pause);
  document.addEventListener("visibilitychange", look);
}
