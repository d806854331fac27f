'use strict';
// Keeps a page up to date: the server sends the parts of it that have changed.
(() => {
  const main = document.querySelector('main[data-live]');
  const state = document.getElementById('live');
  if (!main || !window.EventSource) {
    return;
  }
  const say = (text) => {
    if (state.textContent !== text) {
      state.textContent = text;
    }
  };
  const reload = () => {
    const last = Number(sessionStorage.getItem('reloaded') || 0);
    if (Date.now() - last > 5000) {
      sessionStorage.setItem('reloaded', String(Date.now()));
      location.reload();
    }
  };
  let source;
  let retry;
  const open = () => {
    clearTimeout(retry);
    source = new EventSource(main.dataset.live);
    source.addEventListener('parts', (event) => {
      say('Live');
      document.documentElement.classList.remove('stale');
      for (const [id, html] of Object.entries(JSON.parse(event.data))) {
        const part = document.getElementById(id);
        if (!part) {
          reload();
          return;
        }
        part.innerHTML = html;
      }
    });
    source.addEventListener('reload', reload);
    source.onerror = () => {
      say('Not live: trying to reach the server');
      document.documentElement.classList.add('stale');
      if (source.readyState === EventSource.CLOSED) {
        source.close();
        retry = setTimeout(open, 5000);
      }
    };
  };
  // A page in the background needs no connection.
  document.addEventListener('visibilitychange', () => {
    clearTimeout(retry);
    if (source) {
      source.close();
      source = undefined;
    }
    if (!document.hidden) {
      open();
    }
  });
  window.addEventListener('pagehide', () => source && source.close());
  open();
})();
