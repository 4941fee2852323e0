import { useSyncExternalStore } from 'react';

export type Theme = 'dark' | 'light' | 'system';

const KEY = 'siso-theme';
const listeners = new Set<() => void>();
const prefersLight = () => matchMedia('(prefers-color-scheme: light)');

/** The chosen theme; dark until somebody chooses. */
function getTheme(): Theme {
  const stored = localStorage.getItem(KEY);
  return stored === 'light' || stored === 'system' ? stored : 'dark';
}

/** Puts the chosen theme on the page. */
function applyTheme(): void {
  const theme = getTheme();
  const light = theme === 'light' || (theme === 'system' && prefersLight().matches);
  document.documentElement.dataset['theme'] = light ? 'light' : 'dark';
  document.querySelector('meta[name="theme-color"]')?.setAttribute('content', light ? '#ffffff' : '#0f1014');
}

/** Applies the theme now and whenever the system changes its own. */
export function startTheme(): void {
  applyTheme();
  prefersLight().addEventListener('change', applyTheme);
}

export function setTheme(theme: Theme): void {
  localStorage.setItem(KEY, theme);
  applyTheme();
  for (const changed of listeners) changed();
}

export function useTheme(): Theme {
  return useSyncExternalStore((changed) => {
    listeners.add(changed);
    return () => listeners.delete(changed);
  }, getTheme);
}
