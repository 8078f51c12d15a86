// Keeps an open page up to date, and sends what a visitor does without loading
// the page anew. Without it the page works by plain forms.
'use strict';
(() => {
  const $ = (id) => document.getElementById(id);
  const log = $('log');
  const here = new URLSearchParams({ as: document.body.dataset.as, at: document.body.dataset.at });
  let rev = Number(log.dataset.rev); // everything until then is shown
  let turn = Promise.resolve(); // requests go one after another: nothing is shown out of order
  const pressed = new Set(); // buttons and forms of which something is on its way
  let wanted = false; // what is new will be asked for
  let live = null;

  // ask sends a form, or asks for what is new, and shows what comes back. It
  // says whether that was done.
  function ask(path, form) {
    const mine = turn.then(() => send(path, form));
    turn = mine;
    return mine;
  }

  async function send(path, form) {
    if (!form) wanted = false;
    try {
      const answer = await fetch(path, { method: form ? 'POST' : 'GET', body: form, headers: { 'X-Since': String(rev) } });
      const go = answer.headers.get('X-Go');
      if (go) { location.assign(go); return true; }
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const parts = page.getElementById('parts');
      if (form) complain(parts ? '' : page.querySelector('p')?.textContent ?? '', true);
      if (parts) take(parts, Boolean(form));
      return Boolean(parts);
    } catch {
      if (form) complain('The playground does not answer. Is the program still running?');
      return false;
    }
  }

  function news() {
    if (wanted) return;
    wanted = true;
    ask(`/parts?${here}`);
  }

  // take puts parts of the page in their places. Ours: a visitor here did
  // something and waits for what comes of it.
  function take(parts, ours) {
    rev = Math.max(rev, Number(parts.dataset.rev));
    const atEnd = innerHeight + scrollY > document.documentElement.scrollHeight - 120;
    const focused = document.activeElement;
    const form = $('form').dataset.rev;
    for (const id of ['opens', 'side', 'head', 'tour', 'tries', 'stage', 'form']) swap(id, parts);
    const changed = [...parts.querySelectorAll('#news > article')].filter(put);
    const said = changed.filter((a) => a.classList.contains('advisor'));
    if (said.length > 0) tell(said.map((a) => a.dataset.gist).join(' '), said.some((a) => 'urgent' in a.dataset));
    ready();
    if (ours) return follow(changed, $('form').dataset.rev !== form);
    if (!focused.isConnected) again(focused.id);
    if (atEnd && changed.length > 0) show(changed.at(-1));
  }

  // swap replaces what is in a part that looks otherwise now.
  function swap(id, parts) {
    const old = $(id);
    const next = parts.querySelector(`#${id}`);
    if (id === 'form' ? old.dataset.rev === next.dataset.rev : old.innerHTML === next.innerHTML) return;
    const focused = old.contains(document.activeElement) ? document.activeElement.id : '';
    for (const name of ['hidden', 'data-rev', 'aria-labelledby']) {
      if (next.hasAttribute(name)) old.setAttribute(name, next.getAttribute(name)); else old.removeAttribute(name);
    }
    old.replaceChildren(...next.childNodes);
    if (focused) again(focused);
  }

  // put shows a message, or what it says now; false: that is shown already.
  function put(article) {
    const old = $(article.id);
    if (!old) { log.append(article); return true; }
    if (Number(old.dataset.rev) >= Number(article.dataset.rev) || old.innerHTML === article.innerHTML) return false;
    const focused = old.contains(document.activeElement);
    old.replaceWith(article);
    if (focused) article.focus({ preventScroll: true });
    return true;
  }

  // follow goes on where a visitor is after what they did.
  function follow(changed, formChanged) {
    const wrong = document.querySelector('#form .wrong :is(input, select, textarea)');
    if (formChanged && !$('form').hidden) {
      (wrong ?? $('form-title')).focus({ preventScroll: true });
      show(wrong?.parentElement ?? $('form'));
      return;
    }
    const last = changed.at(-1);
    if (last) {
      if (document.activeElement !== $('text')) last.focus({ preventScroll: true });
      show(last);
    } else if (document.activeElement === document.body) log.focus({ preventScroll: true });
  }

  // show scrolls as little as possible; what is taller than the page is shown
  // from its beginning.
  function show(element) {
    const room = innerHeight - ($('composer').offsetHeight + 90);
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    element.scrollIntoView({ block: element.offsetHeight > room ? 'start' : 'nearest', behavior: calm ? 'auto' : 'smooth' });
  }

  const again = (id) => { if (id) $(id)?.focus({ preventScroll: true }); };

  // tell says something to whoever does not see the page.
  function tell(text, urgent) {
    const to = $(urgent ? 'alarm' : 'status');
    to.textContent = '';
    setTimeout(() => { to.textContent = text; }, 50);
  }

  // complain shows why something was not done, and how to begin anew.
  function complain(text, anew) {
    $('notice').textContent = text;
    if (!text || !anew) return;
    const link = document.createElement('a');
    link.href = '/';
    link.textContent = 'Open it anew';
    $('notice').append(' ', link);
  }

  // ready shows what needs this script.
  function ready() {
    for (const b of document.querySelectorAll('[data-copy][hidden]')) b.hidden = false;
  }

  document.addEventListener('submit', async (event) => {
    const form = event.target;
    const button = event.submitter;
    event.preventDefault();
    const path = new URL(button?.hasAttribute('formaction') ? button.formAction : form.action).pathname;
    const fields = new URLSearchParams(new FormData(form, button));
    if (form.id === 'composer') return say(path, fields);
    const what = button ?? form;
    if (pressed.has(what)) return; // twice
    pressed.add(what);
    document.body.setAttribute('data-busy', '');
    await ask(path, fields);
    pressed.delete(what);
    document.body.toggleAttribute('data-busy', pressed.size > 0);
  });

  // say sends what was typed; what did not arrive stands there again.
  async function say(path, fields) {
    const text = $('text');
    const typed = text.value;
    text.value = '';
    if (typed.trim() && !await ask(path, fields) && !text.value) text.value = typed;
  }

  document.addEventListener('click', async (event) => {
    const button = event.target.closest('[data-copy]');
    if (!button) return;
    const text = button.parentElement.querySelector('pre');
    try {
      await navigator.clipboard.writeText(text.textContent);
      button.textContent = 'Copied';
      tell('Copied', false);
    } catch {
      getSelection().selectAllChildren(text); // to be copied by hand
    }
  });

  // listen hears of changes while somebody looks: a browser opens few
  // connections to one server.
  function listen() {
    live?.close();
    live = null;
    if (document.hidden) return;
    live = new EventSource('/live');
    live.addEventListener('changed', (event) => { if (Number(event.data) > rev) news(); });
  }
  document.addEventListener('visibilitychange', listen);
  addEventListener('pagehide', () => live?.close());
  addEventListener('pageshow', (event) => { if (event.persisted) listen(); });
  setInterval(() => { if (!document.hidden) news(); }, 60_000); // the clock goes on

  ready();
  listen();
  if (!location.hash && document.body.dataset.at !== 'home') scrollTo(0, document.documentElement.scrollHeight);
})();
