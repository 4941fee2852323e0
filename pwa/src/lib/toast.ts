import { useSyncExternalStore } from 'react';

export interface Toast {
  id: number;
  text: string;
  tone: 'plain' | 'good' | 'bad';
  action?: { label: string; run: () => void };
}

const SHOWN_FOR = 6000;
let toasts: readonly Toast[] = [];
let nextId = 1;
const listeners = new Set<() => void>();

function set(next: readonly Toast[]): void {
  toasts = next;
  for (const changed of listeners) changed();
}

export function dismissToast(id: number): void {
  set(toasts.filter((toast) => toast.id !== id));
}

/** Shows a short message; it goes by itself after six seconds, or ten when it offers an action. A new one takes the place of the last: what that
 * said is often no longer true. */
export function showToast(text: string, options: { tone?: Toast['tone']; action?: Toast['action'] } = {}): void {
  const { tone = 'plain', action } = options;
  const id = nextId++;
  set([{ id, text, tone, ...(action === undefined ? {} : { action }) }]);
  setTimeout(() => dismissToast(id), action === undefined ? SHOWN_FOR : SHOWN_FOR + 4000);
}

export function useToasts(): readonly Toast[] {
  return useSyncExternalStore(
    (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    () => toasts,
  );
}
