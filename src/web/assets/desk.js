// What the browser adds to pages that work without it: news without reloading, the keyboard, kept drafts, questions before
// what cannot be taken back. No library, no frame.

const said = (text) => {
  const place = document.getElementById('said');
  place.textContent = text;
  clearTimeout(said.timer);
  said.timer = setTimeout(() => {
    place.textContent = '';
  }, 6000);
};

// -- News: parts marked data-fresh are fetched anew, unless somebody is typing in them or has typed there.
const isTyped = (field) => {
  if (field.type === 'checkbox') return field.checked !== field.defaultChecked;
  if (!field.matches('select')) return field.value !== field.defaultValue;
  const given = [...field.options].findIndex((each) => each.defaultSelected);
  return field.selectedIndex !== Math.max(0, given);
};
const isBusy = (part) =>
  (part.contains(document.activeElement) && document.activeElement.matches('input, textarea, select')) ||
  [...part.querySelectorAll('input:not([type=hidden]), textarea, select')].some(isTyped);

async function freshen() {
  const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
  if (answer.redirected || !answer.ok) return;
  const other = new DOMParser().parseFromString(await answer.text(), 'text/html');
  let changed = 0;
  let left = 0;
  for (const part of document.querySelectorAll('[data-fresh]')) {
    const newer = other.getElementById(part.id);
    if (!newer || newer.innerHTML === part.innerHTML) continue;
    if (isBusy(part)) {
      left += 1;
      continue;
    }
    const picked = rowsOf(part).find((each) => each.classList.contains('picked'));
    for (const each of part.querySelectorAll('details[open]')) {
      const same = each.id && newer.querySelector(`#${CSS.escape(each.id)}`);
      if (same) same.open = true;
    }
    const had = { focus: part.contains(document.activeElement), top: picked?.getBoundingClientRect().top };
    part.replaceWith(document.adoptNode(newer));
    if (picked) pickAgain(newer, linkOf(picked), had);
    changed += 1;
  }
  for (const [one, newer] of [[document.querySelector('.top nav'), other.querySelector('.top nav')]])
    if (one && newer && one.innerHTML !== newer.innerHTML) one.replaceWith(document.adoptNode(newer));
  if (left > 0) said('有新的变化；您正在填写的地方没有动');
  else if (changed > 0) said('已更新');
}

if (document.body.dataset.live) {
  const source = new EventSource(document.body.dataset.live);
  let timer = 0;
  source.addEventListener('news', () => {
    clearTimeout(timer);
    timer = setTimeout(() => freshen().catch(() => said('连不上受理系统，稍后自动再试')), 300);
  });
  addEventListener('pagehide', () => source.close());
}

// -- Rows: arrows or j and k move, Enter opens; a click anywhere on the row too.
const rowsOf = (within) => [...within.querySelectorAll('[data-rows] [data-row]')];
const linkOf = (row) => row.dataset.row || row.getAttribute('href');

function pick(row) {
  if (!row) return;
  for (const each of document.querySelectorAll('.picked')) each.classList.remove('picked');
  row.classList.add('picked');
  const link = row.matches('a') ? row : row.querySelector('a');
  link?.focus({ preventScroll: true });
  row.scrollIntoView({ block: 'nearest' });
}

/** The same row, not the same place: others may have come above it, and Enter must not open one of them. */
function pickAgain(within, link, { focus, top }) {
  const row = rowsOf(within).find((each) => linkOf(each) === link);
  if (!row) return;
  row.classList.add('picked');
  if (top >= 0 && top < innerHeight) scrollBy(0, row.getBoundingClientRect().top - top);
  if (focus) (row.matches('a') ? row : row.querySelector('a'))?.focus({ preventScroll: true });
}

function move(by) {
  const rows = rowsOf(document);
  const at = rows.findIndex((row) => row.classList.contains('picked'));
  pick(rows[Math.max(0, Math.min(rows.length - 1, at + by))]);
}

addEventListener('click', (event) => {
  const row = event.target.closest('tr[data-row]');
  if (row && !event.target.closest('a, button, input, label, select')) location.href = row.dataset.row;
});

// -- The keyboard. A key with a modifier is the browser's; a letter in a field is the field's.
const keys = {
  j: () => move(1),
  ArrowDown: () => move(1),
  k: () => move(-1),
  ArrowUp: () => move(-1),
  Enter: () => {
    const row = document.querySelector('.picked');
    if (row) location.href = linkOf(row);
  },
  '/': () => document.querySelector('[data-search]')?.focus(),
  '?': () => document.getElementById('keys')?.showModal(),
  n: () => document.querySelector('a[rel=next]')?.click(),
  p: () => document.querySelector('a[rel=prev]')?.click(),
  d: () => document.querySelector('[data-decide]')?.focus(),
};

addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const target = event.target;
  if (target.matches('input, textarea, select') || document.querySelector('dialog[open]')) return;
  if (event.key === 'Enter' && target.matches('a, button, summary')) return;
  if (/^[1-9]$/.test(event.key)) {
    const wanted = document.querySelector(`[data-number="${event.key}"]`);
    if (wanted) {
      wanted.open = true;
      wanted.scrollIntoView({ block: 'start' });
      wanted.querySelector('summary, a, h3')?.focus({ preventScroll: true });
    }
    return;
  }
  const act = keys[event.key];
  if (!act) return;
  if (event.key.startsWith('Arrow') && rowsOf(document).length === 0) return;
  event.preventDefault();
  act();
});

// -- Evidence: another file or place is fetched into the pane, without the page losing its place.
let wanted = null; // what was asked for last; nothing once somebody went back to the list

async function look(address) {
  wanted = address;
  const answer = await fetch(address, { headers: { accept: 'text/html' } });
  if (wanted !== null && wanted !== address) return; // another file was asked for meanwhile
  if (!answer.ok || answer.redirected) {
    location.href = address;
    return;
  }
  const other = new DOMParser().parseFromString(await answer.text(), 'text/html');
  for (const id of ['evidence', 'requirements']) {
    const [part, newer] = [document.getElementById(id), other.getElementById(id)];
    if (!part || !newer || isBusy(part)) continue;
    for (const each of part.querySelectorAll('details[open]')) {
      const same = each.id && newer.querySelector(`#${CSS.escape(each.id)}`);
      if (same) same.open = true;
    }
    part.replaceWith(document.adoptNode(newer));
  }
  history.replaceState(null, '', address);
  if (wanted === address) showMarked(true);
}

function showMarked(isAsked) {
  const pane = document.getElementById('evidence');
  const marked = pane?.querySelector('.marked');
  // Beside the list the pane scrolls; below it (on a phone) the page does, but only for who asked to see the file.
  if (marked && pane.scrollHeight > pane.clientHeight + 1)
    pane.scrollTop += marked.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 3;
  else if (isAsked && marked) marked.scrollIntoView({ block: 'center', inline: 'nearest' });
  else if (isAsked && pane && pane.getBoundingClientRect().top > innerHeight / 2) pane.scrollIntoView();
}
showMarked(location.hash === '#evidence');

addEventListener('click', (event) => {
  if (event.target.closest('a.up')) wanted = null;
  const link = event.target.closest('a[href*="#evidence"]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  look(link.href).catch(() => {
    location.href = link.href;
  });
});

// Zooming the picture at hand.
addEventListener('click', (event) => {
  const button = event.target.closest('[data-zoom]');
  const image = button?.closest('aside, .evidence')?.querySelector('[data-looking] img');
  if (!image?.naturalWidth) return; // not there yet: there is nothing to reckon with
  const width = Math.max(80, Math.min(8000, image.clientWidth * Number(button.dataset.zoom)));
  image.parentElement.classList.add('zoomed');
  image.style.width = `${width}px`;
});

// -- What cannot be taken back is asked once; what was typed is kept until it was sent.
// Which of many like forms (each finding has one) is told by its hidden fields; the token and the version change.
const which = (form) =>
  [...form.querySelectorAll('input[type=hidden]')]
    .filter(({ name }) => !['csrf', 'seen', 'next'].includes(name))
    .map(({ value }) => value)
    .join(' ');
const draftOf = (form, field) => `draft ${form.getAttribute('action')} ${which(form)} ${field.name}`;

addEventListener('submit', (event) => {
  const form = event.target;
  if (form.dataset.ask && !confirm(form.dataset.ask)) {
    event.preventDefault();
    return;
  }
  const button = event.submitter;
  const needed = button?.dataset.needs && form.elements[button.dataset.needs];
  if (needed && needed.value.trim() === '') {
    event.preventDefault();
    needed.setCustomValidity('请先写明理由');
    needed.reportValidity();
    needed.addEventListener('input', () => needed.setCustomValidity(''), { once: true });
    return;
  }
  if (button?.dataset.ask && !confirm(button.dataset.ask)) {
    event.preventDefault();
    return;
  }
  if (form.method === 'post')
    setTimeout(() => {
      for (const each of form.querySelectorAll('button')) each.disabled = true;
    }, 0);
});
addEventListener('pageshow', () => {
  for (const each of document.querySelectorAll('form button[disabled]')) each.disabled = false;
});

addEventListener('input', (event) => {
  const form = event.target.form;
  if (form?.dataset.keep !== undefined && event.target.name)
    sessionStorage.setItem(draftOf(form, event.target), event.target.value);
});
// A draft that was sent is forgotten once a next page came that does not say that it was refused; a page gone back to after
// the line was cut says nothing.
addEventListener('submit', (event) => {
  if (event.defaultPrevented || event.target.method !== 'post') return;
  if (event.target.getAttribute('action') === '/logout') sessionStorage.clear();
  sessionStorage.setItem('place', JSON.stringify([location.pathname, scrollY]));
  const drafts = [...event.target.elements].filter(({ name }) => name).map((field) => draftOf(event.target, field));
  sessionStorage.setItem('sent', JSON.stringify(drafts));
});
const isGoneBack = performance.getEntriesByType('navigation')[0]?.type === 'back_forward';
if (document.querySelector('[data-refused]') || isGoneBack) sessionStorage.removeItem('sent');
else {
  const [path, y] = JSON.parse(sessionStorage.getItem('place') ?? '[]');
  if (path === location.pathname) scrollTo(0, y);
  sessionStorage.removeItem('place');
  for (const draft of JSON.parse(sessionStorage.getItem('sent') ?? '[]')) sessionStorage.removeItem(draft);
  sessionStorage.removeItem('sent');
}
for (const form of document.querySelectorAll('form[data-keep]'))
  for (const field of form.elements) {
    const draft = field.name && field.type !== 'hidden' && sessionStorage.getItem(draftOf(form, field));
    if (draft && draft !== field.value) {
      field.value = draft;
      form.closest('details')?.setAttribute('open', '');
    }
  }
