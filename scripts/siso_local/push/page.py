"""The page that shows what arrived."""

from __future__ import annotations

import base64
import hashlib

_STYLE = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0 auto; padding: 1rem; max-width: 48rem; }
h1 { font-size: 1.2rem; }
ul { list-style: none; padding: 0; }
li { padding: 0.75rem 0; border-bottom: 1px solid #8884; overflow-wrap: anywhere; }
small { display: block; opacity: 0.7; }
"""
_SCRIPT = """
const list = document.querySelector('ul');
let newest = 0;
function line(message) {
  const shown = message.json && message.json.notification;
  const item = document.createElement('li');
  const title = document.createElement('strong');
  title.textContent = shown ? shown.title : message.text || '(no payload)';
  const body = document.createElement('div');
  body.textContent = shown ? shown.body || '' : '';
  const facts = document.createElement('small');
  const when = new Date(message.received_at).toLocaleString();
  facts.textContent = [when, `urgency ${message.urgency}`, `TTL ${message.ttl} s`,
    message.topic ? `topic ${message.topic}` : '', `to ${message.subscription.slice(0, 8)}…`]
    .filter(Boolean).join(' · ');
  item.append(title, body, facts);
  return item;
}
async function follow() {
  for (;;) {
    try {
      const answer = await fetch(`/_double/messages?after=${newest}&wait=25&limit=200`);
      const fresh = await answer.json();
      if (fresh.length) {
        newest = fresh[0].id;
        list.prepend(...fresh.map(line));
        document.querySelector('p').hidden = true;
      }
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 2000));
    }
  }
}
follow();
"""
PAGE = f"""<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Push service</title><link rel="icon" href="data:,"><style>{_STYLE}</style></head>
<body><h1>Push messages</h1><p>None yet. Messages that the platform pushes arrive here, decrypted.</p>
<ul aria-live="polite"></ul><script>{_SCRIPT}</script></body>
</html>
"""


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


POLICY = (
    f"default-src 'none'; connect-src 'self'; img-src data:; script-src {_hash(_SCRIPT)}; style-src {_hash(_STYLE)}"
)
