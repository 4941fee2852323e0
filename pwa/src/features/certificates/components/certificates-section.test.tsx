import { onlineManager, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Certificate } from '../model';
import CertificatesSection from './certificates-section';

// The clients are loaded on first use.
const PATIENT = { timeout: 4000 };
const DAY = 86_400_000;
const day = (days: number) => new Date(Date.now() + days * DAY).toISOString();

const core: Certificate = {
  id: 'c',
  number: 'SC-0A1B2C3D4E5F',
  version: 2,
  issued_at: '2026-01-05T00:00:00Z',
  expires_at: day(800),
  revoked_at: null,
  revoked_reason: null,
  track: { title: 'Core training' },
  file: { path: 'p/SC-1.pdf' },
};

/** The servers of the app, at the edge of the browser; `answers` is what they say, one after the other. */
function serve(...answers: (() => Response)[]) {
  const asked: { url: URL; body: unknown }[] = [];
  vi.stubGlobal('fetch', (input: string | URL, init?: RequestInit) => {
    const url = new URL(String(input), 'https://app.example.com');
    if (url.pathname === '/config.json') {
      return Promise.resolve(
        Response.json({ supabaseUrl: 'https://api.example.com', publishableKey: 'k', vapidPublicKey: 'v' }),
      );
    }
    asked.push({ url, body: init?.body == null ? null : JSON.parse(init.body as string) });
    const next = answers.shift();
    return next === undefined ? Promise.reject(new TypeError('Failed to fetch')) : Promise.resolve(next());
  });
  return asked;
}

function show(known?: Certificate[]) {
  const client = new QueryClient({
    defaultOptions: { queries: { staleTime: Infinity, retry: false, networkMode: 'always' } },
  });
  if (known !== undefined) client.setQueryData(['certificates'], known);
  render(
    <QueryClientProvider client={client}>
      <CertificatesSection />
    </QueryClientProvider>,
  );
}

const entry = () => screen.getByRole('listitem').textContent ?? '';

describe('CertificatesSection', () => {
  afterEach(() => {
    onlineManager.setOnline(true);
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
  });

  it('shows title, version, date, and the end in words', () => {
    show([core]);
    expect(screen.getByRole('heading', { name: 'Core training' })).toBeTruthy();
    expect(entry()).toContain('Version 2 · given on Jan 5');
    expect(entry()).toContain('Number SC-0A1B2C3D4E5F');
    expect(entry()).toContain('Expires in 2 years, on ');
    expect(entry()).toContain('Valid');
  });

  it('waits, and then says that there is none yet', async () => {
    const asked = serve(() => Response.json([]));
    show();
    expect(screen.getByRole('status', { name: 'Loading your certificates' })).toBeTruthy();
    await screen.findByText(/No certificate yet/, undefined, PATIENT);
    expect(asked[0]?.url.pathname).toBe('/rest/v1/certificates');
  });

  it('says what went wrong and asks again', async () => {
    const bad = () => Response.json({ code: 'XX000', message: 'boom', details: null, hint: null }, { status: 500 });
    serve(bad, () => Response.json([core]));
    show();
    expect((await screen.findByRole('alert', undefined, PATIENT)).textContent).toContain('Something went wrong');
    fireEvent.click(screen.getByRole('button', { name: /again/ }));
    await screen.findByRole('heading', { name: 'Core training' });
  });

  it('keeps what it knows offline, and says when the paper can be had', () => {
    show([core]);
    act(() => onlineManager.setOnline(false));
    expect(screen.getByRole<HTMLButtonElement>('button', { name: /Download/ }).disabled).toBe(true);
    expect(entry()).toContain('You are offline.');
  });

  it('says that it is offline when it knows nothing', async () => {
    const asked = serve(() => Response.json([core]));
    onlineManager.setOnline(false);
    show();
    expect(screen.getByRole('region').textContent).toContain('They show up when the connection is back.');
    expect(screen.queryByRole('status')).toBeNull();
    act(() => onlineManager.setOnline(true));
    await screen.findByRole('heading', { name: 'Core training' }, PATIENT);
    expect(asked).toHaveLength(1);
  });

  it('fetches the paper by a link of a minute', async () => {
    const followed: string[] = [];
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function follow(this: HTMLAnchorElement) {
      followed.push(this.href);
    });
    const asked = serve(() => Response.json({ signedURL: '/object/sign/certificates/p/SC-1.pdf?token=t' }));
    show([core]);
    fireEvent.click(screen.getByRole('button', { name: 'Download PDF: Core training' }));
    await waitFor(() => expect(followed).toHaveLength(1));
    expect(asked.map(({ url, body }) => [url.pathname, body])).toEqual([
      ['/storage/v1/object/sign/certificates/p/SC-1.pdf', { expiresIn: 60 }],
    ]);
    expect(followed[0]).toContain('download=certificate-SC-0A1B2C3D4E5F.pdf');
  });

  it.each<[string, Partial<Certificate>, RegExp, boolean]>([
    ['ends soon', { expires_at: day(12.5) }, /Expires in 12 days, on .* Pass the quizzes/, true],
    ['has expired', { expires_at: day(-1.5) }, /Expired yesterday, on .* renew it\./, true],
    [
      'was taken back',
      { revoked_at: day(-1), revoked_reason: 'Answers were shared' },
      /Reason: Answers were shared/,
      false,
    ],
    ['is being made', { file: null }, /Its PDF is being made/, false],
    ['has a title no longer to be read', { track: null }, /Certificate SC-0A1B2C3D4E5F/, true],
  ])('%s', (_, changes, says, has) => {
    show([{ ...core, ...changes }]);
    expect(entry()).toMatch(says);
    expect(screen.queryByRole('button') !== null).toBe(has);
  });
});
