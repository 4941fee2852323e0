/** Registers the service worker and tells when a new version of the app waits. */
import { useSyncExternalStore } from 'react';

let waiting: ServiceWorker | null = null;
const listeners = new Set<() => void>();

function offer(worker: ServiceWorker | null): void {
  waiting = worker;
  for (const changed of listeners) changed();
}

const CHECK_EVERY = 60 * 60_000;

export function registerServiceWorker(): void {
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return;
  const { serviceWorker } = navigator;
  void serviceWorker.register('/sw.js').then((registration) => {
    if (registration.waiting !== null && serviceWorker.controller !== null) offer(registration.waiting);
    registration.addEventListener('updatefound', () => {
      const worker = registration.installing;
      worker?.addEventListener('statechange', () => {
        // Without a controller this is the first installation, not an update.
        if (worker.state === 'installed' && serviceWorker.controller !== null) offer(worker);
      });
    });
    setInterval(() => void registration.update().catch(() => undefined), CHECK_EVERY);
  });
}

/** True when a new version waits. */
export function useUpdateReady(): boolean {
  return useSyncExternalStore(
    (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    () => waiting !== null,
  );
}

/** Lets the new version take over and loads the page with it. */
export function applyUpdate(): void {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
  waiting?.postMessage({ type: 'SKIP_WAITING' });
}
