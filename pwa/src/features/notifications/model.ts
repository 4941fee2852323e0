import type { Row } from '@/lib/database';

export type Notification = Pick<
  Row<'notifications'>,
  'id' | 'type' | 'title' | 'message' | 'action_url' | 'read' | 'created_at'
>;

/** Only a path of this app may be opened from a notification. */
export function internalPath(url: string | null): string | null {
  return url !== null && /^\/(?![/\\])/.test(url) ? url : null;
}

/** The application server key as the bytes that a push service wants. */
export function decodeKey(key: string): Uint8Array<ArrayBuffer> {
  const base64 = key.replaceAll('-', '+').replaceAll('_', '/');
  const padded = base64.padEnd(Math.ceil(base64.length / 4) * 4, '=');
  return Uint8Array.from(atob(padded), (character) => character.charCodeAt(0));
}

export interface PushKeys {
  endpoint: string;
  p256dh: string;
  auth: string;
}

/** What the server needs of a subscription; null when the browser gave an incomplete one. */
export function pushKeys(subscription: Pick<PushSubscription, 'toJSON'>): PushKeys | null {
  const { endpoint, keys } = subscription.toJSON();
  const p256dh = keys?.['p256dh'];
  const auth = keys?.['auth'];
  return endpoint === undefined || p256dh === undefined || auth === undefined ? null : { endpoint, p256dh, auth };
}
