/** Wires the log of use to the browser. Loaded after the first screen, never part of what a start needs. */
import type { QueryClient } from '@tanstack/react-query';
import { deviceOf, UsageLog, type UsageEvent } from './model';
import { privacyControl, sendUsage, usageQuery } from './ops';

const STORE = 'siso-usage';
const FLUSH_MS = 60_000;

let log: UsageLog | undefined;
let listening: AbortController | undefined;
let path = '';

function load(): UsageEvent[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(STORE) ?? '[]');
    return Array.isArray(kept) ? (kept as UsageEvent[]) : [];
  } catch {
    return [];
  }
}

function save(events: UsageEvent[]): void {
  try {
    if (events.length === 0) localStorage.removeItem(STORE);
    else localStorage.setItem(STORE, JSON.stringify(events));
  } catch {
    // A device without storage tells what it can send at once.
  }
}

function matches(query: string): boolean {
  return window.matchMedia(query).matches;
}

/** iOS says it by a property of its own. */
function standsAlone(): boolean {
  return matches('(display-mode: standalone)') || (navigator as { standalone?: boolean }).standalone === true;
}

/** Begins to record, unless the partner or the browser does not want it. Called again it does nothing. */
export async function startUsage(client: QueryClient): Promise<void> {
  if (log !== undefined || privacyControl()) return;
  let wanted: boolean;
  try {
    wanted = await client.fetchQuery(usageQuery);
  } catch {
    return; // not known: then nothing is recorded
  }
  // oxlint-disable-next-line typescript/no-unnecessary-condition -- another call may have been faster
  if (!wanted || log !== undefined) return;
  const started = new UsageLog({
    device: deviceOf(matches('(pointer: coarse)'), screen.width, screen.height),
    display: standsAlone() ? 'standalone' : 'browser',
    now: Date.now,
    send: sendUsage,
    load,
    save,
  });
  log = started;
  listening = new AbortController();
  const { signal } = listening;
  const look = () => (document.visibilityState === 'visible' ? started.shown() : started.hidden());
  document.addEventListener('visibilitychange', look, { signal });
  window.addEventListener('pagehide', () => started.hidden(), { signal });
  window.addEventListener('appinstalled', () => started.installed(), { signal });
  const timer = setInterval(() => void started.flush(), FLUSH_MS);
  signal.addEventListener('abort', () => clearInterval(timer));
  look();
  started.visited(path);
}

/** The page that is open now; remembered for a log that has not begun. */
export function visit(opened: string): void {
  path = opened;
  log?.visited(opened);
}

/** After an objection: at once, without another start. */
export function stopUsage(): void {
  listening?.abort();
  log?.stop();
  log = undefined;
}
