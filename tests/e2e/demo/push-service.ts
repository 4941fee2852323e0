/**
 * For the pages that are opened from now on. A browser in a test has no push service of a vendor behind it. The page gets a subscription at the local push service
 * instead; everything after that is real: the app sends it to the server, the worker encrypts to its keys and posts.
 */
import type { BrowserContext } from 'playwright-core';

export async function pretendPushService(context: BrowserContext, subscription: unknown): Promise<void> {
  await context.addInitScript(install, subscription);
}

/** Runs in the page. */
function install(subscription: unknown): void {
  const { endpoint, keys } = subscription as { endpoint: string; keys: Record<string, string> };
  const KEY = 'demo-push';
  const device = {
    endpoint,
    toJSON: () => ({ endpoint, expirationTime: null, keys }),
    unsubscribe: () => Promise.resolve(sessionStorage.removeItem(KEY) === undefined),
  };
  const current = () => Promise.resolve(sessionStorage.getItem(KEY) === null ? null : device);
  Object.defineProperty(PushManager.prototype, 'getSubscription', { configurable: true, value: current });
  Object.defineProperty(PushManager.prototype, 'subscribe', {
    configurable: true,
    value: () => {
      sessionStorage.setItem(KEY, 'on');
      return current();
    },
  });
  Object.defineProperty(Notification, 'permission', { configurable: true, get: () => 'granted' });
  Object.defineProperty(Notification, 'requestPermission', {
    configurable: true,
    value: () => Promise.resolve('granted'),
  });
}
