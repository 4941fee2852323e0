import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

vi.mock('@/lib/config', () => ({
  loadConfig: () => Promise.resolve({ supabaseUrl: 'https://api.example.com', publishableKey: 'key' }),
}));
const session = vi.hoisted(() => ({ current: { access_token: 'token' } as { access_token: string } | null }));
vi.mock('@/lib/supabase', () => ({
  getAuth: () => Promise.resolve({ getSession: () => Promise.resolve({ data: { session: session.current } }) }),
  getRest: () => Promise.reject(new Error('not here')),
}));

const { privacyControl, sendUsage } = await import('./ops');

function answer(status: number, body: unknown = {}) {
  const fetched = vi.fn<typeof fetch>(() => Promise.resolve(new Response(JSON.stringify(body), { status })));
  vi.stubGlobal('fetch', fetched);
  return fetched;
}

beforeEach(() => {
  session.current = { access_token: 'token' };
});
afterEach(() => vi.unstubAllGlobals());

describe('sendUsage', () => {
  it('sends with the token and outlives the page', async () => {
    const fetched = answer(200, { recording: true, recorded: 0, skipped: 0 });
    expect(await sendUsage([])).toBe('kept');
    expect(fetched).toHaveBeenCalledWith('https://api.example.com/rest/v1/rpc/record_usage', {
      method: 'POST',
      keepalive: true,
      headers: { apikey: 'key', authorization: 'Bearer token', 'content-type': 'application/json' },
      body: '{"events":[]}',
    });
  });

  it.each([
    [200, 'off'],
    [401, 'later'],
    [429, 'later'],
    [503, 'later'],
    [400, 'refused'],
    [403, 'refused'],
  ])('understands the status %d as %s', async (status, outcome) => {
    answer(status, { recording: false });
    expect(await sendUsage([])).toBe(outcome);
  });

  it('waits for a network and for somebody to sign in', async () => {
    vi.stubGlobal(
      'fetch',
      vi.fn<typeof fetch>(() => Promise.reject(new TypeError('Failed to fetch'))),
    );
    expect(await sendUsage([])).toBe('later');
    const fetched = answer(200);
    session.current = null;
    expect(await sendUsage([])).toBe('later');
    expect(fetched).not.toHaveBeenCalled();
  });
});

describe('privacyControl', () => {
  it.each([
    [true, true],
    [false, false],
    [undefined, false],
  ])('navigator.globalPrivacyControl %s means %s', (value, expected) => {
    vi.stubGlobal('navigator', { globalPrivacyControl: value });
    expect(privacyControl()).toBe(expected);
  });
});
