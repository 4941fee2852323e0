import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type * as Start from './start';

const world = vi.hoisted(() => ({
  wanted: (): Promise<boolean> => Promise.resolve(true),
  control: false,
  sent: [] as { kind: string }[],
}));
vi.mock('./ops', () => ({
  usageQuery: { queryKey: ['usage-recording'], queryFn: () => world.wanted(), retry: false },
  privacyControl: () => world.control,
  sendUsage: (events: { kind: string }[]) => {
    world.sent.push(...events);
    return Promise.resolve('kept');
  },
}));

let module: typeof Start;

async function begin() {
  await module.startUsage(new QueryClient());
  return module;
}

const waiting = () => (JSON.parse(localStorage.getItem('siso-usage') ?? '[]') as { kind: string }[]).map((e) => e.kind);

beforeEach(async () => {
  vi.resetModules();
  module = await import('./start');
  localStorage.clear();
  world.wanted = () => Promise.resolve(true);
  world.control = false;
  world.sent = [];
});

afterEach(() => module.stopUsage());

describe('startUsage', () => {
  it('records the opening and the page that was open already', async () => {
    const { startUsage, visit } = module;
    visit('/partner/leads');
    await startUsage(new QueryClient());
    expect(waiting()).toEqual(['opened', 'feature']);
    visit('/partner/dashboard');
    expect(waiting()).toEqual(['opened', 'feature', 'feature', 'feature']);
  });

  it.each([
    ['the partner objected', () => Promise.resolve(false), false],
    ['it is not known whether they did', () => Promise.reject(new Error('offline')), false],
    ['the browser asks for privacy', () => Promise.resolve(true), true],
  ])('records nothing when %s', async (_, wanted, control) => {
    world.wanted = wanted;
    world.control = control;
    const { visit } = await begin();
    visit('/partner/leads');
    window.dispatchEvent(new Event('appinstalled'));
    window.dispatchEvent(new Event('pagehide'));
    expect([waiting(), world.sent]).toEqual([[], []]);
  });

  it('sends the installation at once', async () => {
    await begin();
    window.dispatchEvent(new Event('appinstalled'));
    await vi.waitFor(() => expect(world.sent.map((event) => event.kind)).toContain('installed'));
  });

  it('stops at an objection and forgets what waits', async () => {
    const { stopUsage, visit } = await begin();
    stopUsage();
    visit('/partner/leads');
    window.dispatchEvent(new Event('pagehide'));
    expect(waiting()).toEqual([]);
  });
});
