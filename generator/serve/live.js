// The script that `annals serve` adds to the pages it serves: loads the page
// again when it has changed, and shows the diagnostics while there are errors.
// All text of diagnostics goes in as text, never as markup.
(() => {
  'use strict';
  const shown = 100; // more would hide the page for good
  const since = document.currentScript.dataset.version ?? '';
  let overlay = null;

  const element = (name, className, text) => {
    const e = document.createElement(name);
    e.className = className;
    if (text !== undefined) e.textContent = text;
    return e;
  };

  const row = (item) => {
    const li = element('li', 'annals-live-item annals-live-' + (item.severity === 'error' ? 'error' : 'warning'));
    const at = item.line > 0 ? item.file + ':' + item.line + ':' + item.column : item.file;
    li.append(element('code', 'annals-live-place', at), element('code', 'annals-live-rule', item.rule));
    const message = element('p', 'annals-live-message', item.message);
    li.append(message);
    // A path of this server, and no other kind of URL.
    if (/^\/(?![\/\\])/.test(item.page)) {
      const a = element('a', 'annals-live-page', item.page);
      a.href = item.page;
      li.append(a);
    }
    return li;
  };

  const hide = () => {
    if (overlay) overlay.remove();
    overlay = null;
  };

  const show = (report) => {
    hide();
    if (report.errors === 0) return;
    overlay = element('aside', 'annals-live');
    overlay.setAttribute('role', 'alert');
    const close = element('button', 'annals-live-close', report.close);
    close.type = 'button';
    close.addEventListener('click', hide);
    const list = element('ol', 'annals-live-list');
    for (const item of report.items.slice(0, shown)) list.append(row(item));
    overlay.append(element('strong', 'annals-live-title', report.title), close, list);
    if (report.items.length > shown) overlay.append(element('p', 'annals-live-more', '… +' + (report.items.length - shown)));
    document.body.append(overlay);
  };

  const update = async () => {
    try {
      const answer = await fetch('/.annals/diagnostics', { cache: 'no-store' });
      if (answer.ok) show(await answer.json());
    } catch {
      // The server has ended; the stream below waits for the next one.
    }
  };

  // The page comes first: its own load event does not wait for this style.
  addEventListener('load', () => {
    const style = element('link', '');
    style.rel = 'stylesheet';
    style.href = '/.annals/live.css';
    document.head.append(style);
  });

  addEventListener('keydown', (e) => {
    if (e.key === 'Escape') hide();
  });

  let page = location.pathname;
  try {
    page = decodeURIComponent(page);
  } catch {
    // Not UTF-8: no page of the site.
  }
  const events = new EventSource('/.annals/events?' + new URLSearchParams({ since, page }));
  events.addEventListener('reload', () => location.reload());
  events.addEventListener('diagnostics', update);
  // A page that is left must not keep its connection: a browser has six.
  addEventListener('pagehide', () => events.close());
  addEventListener('pageshow', (e) => {
    if (e.persisted) location.reload();
  });
})();
