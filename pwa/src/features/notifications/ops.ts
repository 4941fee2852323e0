import { loadConfig } from '@/lib/config';
import { rpc } from '@/lib/data';
import { AppError } from '@/lib/errors';
import { text } from './messages';
import { decodeKey, pushKeys } from './model';

export function markRead(ids: string[]): Promise<number> {
  return rpc('mark_notifications_read', { ids });
}

export type PushState = 'unsupported' | 'denied' | 'on' | 'off';

function refuse(message: string): AppError {
  return new AppError(message, { kind: 'denied' });
}

/** How push stands on this device. */
export async function pushState(): Promise<PushState> {
  if (!('serviceWorker' in navigator) || !('PushManager' in window) || !('Notification' in window))
    return 'unsupported';
  if (Notification.permission === 'denied') return 'denied';
  const registration = await navigator.serviceWorker.getRegistration();
  const subscription = await registration?.pushManager.getSubscription();
  return subscription == null ? 'off' : 'on';
}

/** Asks for permission, subscribes this device at its push service, and tells the server. */
export async function enablePush(): Promise<void> {
  if ((await pushState()) === 'unsupported') throw refuse(text.push.unsupported);
  if ((await Notification.requestPermission()) !== 'granted') throw refuse(text.push.denied);
  const registration = await navigator.serviceWorker.getRegistration();
  if (registration === undefined) throw refuse(text.push.unavailable);
  const { vapidPublicKey } = await loadConfig();
  const subscription = await registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: decodeKey(vapidPublicKey),
  });
  const keys = pushKeys(subscription);
  if (keys === null) throw refuse(text.push.unavailable);
  await rpc('subscribe_push', { ...keys, user_agent: navigator.userAgent.slice(0, 300) });
}

/** Ends push on this device. The server is told first; a subscription that it keeps would only fail. */
export async function disablePush(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const registration = await navigator.serviceWorker.getRegistration();
  const subscription = await registration?.pushManager.getSubscription();
  if (subscription == null) return;
  await rpc('unsubscribe_push', { endpoint: subscription.endpoint });
  await subscription.unsubscribe();
}
