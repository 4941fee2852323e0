'use strict';
// The list refreshes itself: one request waits on the server until a newer mail is there.

const byId = (id) => document.getElementById(id);
const list = byId('list');
let newest = 0;
let view = 'html';

async function getJson(path) {
  const response = await fetch(path, { cache: 'no-store' });
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return response.json();
}

function openId() {
  const match = /^#\/(\d+)$/.exec(location.hash);
  return match ? match[1] : null;
}

function markCurrent() {
  for (const link of list.querySelectorAll('a')) {
    if (link.hash === location.hash) link.setAttribute('aria-current', 'true');
    else link.removeAttribute('aria-current');
  }
}

function entry(message) {
  const link = document.createElement('a');
  link.href = `#/${message.id}`;
  const subject = document.createElement('strong');
  subject.textContent = message.subject || '(no subject)';
  const to = document.createElement('span');
  to.textContent = `To ${message.to.join(', ')}`;
  const when = document.createElement('span');
  when.textContent = new Date(message.received_at).toLocaleString();
  link.append(subject, to, when);
  const item = document.createElement('li');
  item.append(link);
  return item;
}

async function refresh() {
  const wanted = byId('search').value.trim();
  const messages = await getJson(`/api/messages?limit=200&q=${encodeURIComponent(wanted)}`);
  if (byId('search').value.trim() !== wanted) return;
  list.replaceChildren(...messages.map(entry));
  newest = Math.max(newest, ...messages.map((message) => message.id));
  byId('empty').hidden = messages.length > 0;
  byId('empty').textContent = wanted
    ? 'No mail matches.'
    : 'No mail yet. Every mail that the platform sends arrives here.';
  markCurrent();
}

function show(name) {
  view = name;
  for (const each of ['html', 'text', 'source']) {
    byId(`tab-${each}`).setAttribute('aria-selected', String(each === name));
    byId(`tab-${each}`).tabIndex = each === name ? 0 : -1;
    byId(`view-${each}`).hidden = each !== name;
  }
}

async function open() {
  const id = openId();
  document.body.classList.toggle('reading', id !== null);
  byId('message').hidden = id === null;
  markCurrent();
  if (id === null) return;
  let message;
  try {
    message = await getJson(`/api/messages/${id}`);
  } catch {
    location.hash = '';
    return;
  }
  byId('subject').textContent = message.subject || '(no subject)';
  byId('from').textContent = message.from;
  byId('to').textContent = message.to.join(', ');
  byId('received').textContent = new Date(message.received_at).toLocaleString();
  byId('view-text').textContent = message.text || '(no text part)';
  byId('view-html').src = `/api/messages/${id}/html`;
  byId('view-source').textContent = await (await fetch(`/api/messages/${id}/source`)).text();
  byId('attachments').replaceChildren(
    ...message.attachments.map((attachment, number) => {
      const link = document.createElement('a');
      link.href = `/api/messages/${id}/attachments/${number}`;
      link.textContent = `${attachment.name} (${attachment.size} bytes)`;
      const item = document.createElement('li');
      item.append(link);
      return item;
    }),
  );
  byId('tab-html').disabled = !message.html;
  show(message.html ? (view === 'html' ? 'html' : view) : view === 'html' ? 'text' : view);
}

async function follow() {
  for (;;) {
    try {
      const fresh = await getJson(`/api/messages?after=${newest}&limit=1&wait=25`);
      byId('offline').hidden = true;
      if (fresh.length) {
        newest = fresh[0].id;
        await refresh();
      }
    } catch {
      byId('offline').hidden = false;
      await new Promise((resolve) => setTimeout(resolve, 2000));
    }
  }
}

for (const name of ['html', 'text', 'source']) {
  byId(`tab-${name}`).addEventListener('click', () => show(name));
}
document.querySelector('[role=tablist]').addEventListener('keydown', (event) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const tabs = [...event.currentTarget.querySelectorAll('button:not(:disabled)')];
  const next = tabs[(tabs.indexOf(document.activeElement) + step + tabs.length) % tabs.length];
  next.focus();
  next.click();
});
byId('search').addEventListener('input', () => void refresh());
async function clear() {
  if (!confirm('Delete all mails?')) return;
  await fetch('/api/messages', { method: 'DELETE' });
  location.hash = '';
  await refresh();
}
byId('clear').addEventListener('click', () => void clear());
window.addEventListener('hashchange', () => void open());

void refresh()
  .then(open)
  .catch(() => undefined)
  .then(follow);
