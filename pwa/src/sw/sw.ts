/// <reference lib="webworker" />
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { readPush } from './push';

declare const self: ServiceWorkerGlobalScope;

const CONFIG_CACHE = 'siso-config';

// The shell: everything the build has made, each file under its own hash.
precacheAndRoute(self.__WB_MANIFEST);
cleanupOutdatedCaches();
registerRoute(new NavigationRoute(createHandlerBoundToURL('/index.html')));

// The addresses of the backend: from the network, and from the last time without one.
registerRoute(
  ({ url }) => url.origin === self.location.origin && url.pathname === '/config.json',
  async ({ request }) => {
    const cache = await caches.open(CONFIG_CACHE);
    try {
      const response = await fetch(request);
      if (response.ok) await cache.put(request, response.clone());
      return response;
    } catch (error) {
      const kept = await cache.match(request);
      if (kept !== undefined) return kept;
      throw error;
    }
  },
);

self.addEventListener('message', (event) => {
  if ((event.data as { type?: unknown } | null)?.type === 'SKIP_WAITING') void self.skipWaiting();
});

self.addEventListener('push', (event) => {
  const { title, body, navigate, tag, badge } = readPush(event.data?.text() ?? '');
  event.waitUntil(
    Promise.all([
      self.registration.showNotification(title, {
        body,
        icon: '/icons/icon-192.png',
        badge: '/icons/icon-192.png',
        tag,
        data: { navigate },
      }),
      badge === null || !('setAppBadge' in self.navigator)
        ? undefined
        : self.navigator.setAppBadge(badge).catch(() => undefined),
    ]),
  );
});

async function open(path: string): Promise<void> {
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const known = windows[0];
  if (known !== undefined) {
    await known.focus();
    // An uncontrolled window cannot be sent anywhere: then a new one is opened.
    const moved = await known.navigate(path).catch(() => null);
    if (moved !== null) return;
  }
  await self.clients.openWindow(path);
}

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const { navigate } = (event.notification.data ?? {}) as { navigate?: unknown };
  event.waitUntil(open(typeof navigate === 'string' ? navigate : '/'));
});
