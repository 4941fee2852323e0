/** What a push message says, read with care: it comes from outside, and a notification has to be shown in any case. */
export interface PushContent {
  title: string;
  body: string;
  /** A path of this app. */
  navigate: string;
  /** A later message with the same tag takes the place of this one. */
  tag: string;
  /** Number for the app's icon, null when the message has none. */
  badge: number | null;
}

const FALLBACK: PushContent = {
  title: 'SISO Partners',
  body: 'There is something new.',
  navigate: '/partner/notifications',
  tag: 'siso',
  badge: null,
};

function localPath(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  try {
    const { origin } = globalThis.location;
    const url = new URL(value, origin);
    return url.origin === origin ? url.pathname + url.search + url.hash : null;
  } catch {
    return null;
  }
}

function badgeNumber(value: unknown): number | null {
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : null;
}

/** Reads a declarative push message (`{"web_push": 8030, "notification": {…}}`). */
export function readPush(text: string): PushContent {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return FALLBACK;
  }
  if (typeof message !== 'object' || message === null) return FALLBACK;
  const { web_push, notification, app_badge } = message as Record<string, unknown>;
  if (web_push !== 8030 || typeof notification !== 'object' || notification === null) return FALLBACK;
  const note = notification as Record<string, unknown>;
  const navigate = localPath(note['navigate']) ?? FALLBACK.navigate;
  return {
    title: typeof note['title'] === 'string' && note['title'] !== '' ? note['title'] : FALLBACK.title,
    body: typeof note['body'] === 'string' ? note['body'] : FALLBACK.body,
    navigate,
    tag: typeof note['tag'] === 'string' && note['tag'] !== '' ? note['tag'] : navigate,
    badge: badgeNumber(note['app_badge'] ?? app_badge),
  };
}
