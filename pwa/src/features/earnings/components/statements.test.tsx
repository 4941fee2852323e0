import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { paperLink } from '@/lib/storage';
import type { Statement } from '../model';
import { statementsQuery } from '../queries';
import Statements from './statements';

const october: Statement = {
  id: 's',
  month: '2026-10',
  currency: 'USD',
  opening_balance: -1250,
  closing_balance: 30000,
  entry_count: 3,
  files: { pdf: 'p/2026-10/USD-1.pdf', csv: 'p/2026-10/USD-2.csv', json: 'p/2026-10/USD-3.json' },
};

function show(statements: Statement[]) {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity, retry: false } } });
  client.setQueryData(statementsQuery.queryKey, statements);
  render(
    <QueryClientProvider client={client}>
      <Statements />
    </QueryClientProvider>,
  );
}

/** The servers of the app, at the edge of the browser: what was asked, and what is answered. */
function serve(answer: () => Response) {
  const asked: { url: string; body: unknown }[] = [];
  vi.stubGlobal('fetch', (input: string | URL, init?: RequestInit) => {
    const url = String(input);
    if (url.endsWith('/config.json')) {
      return Promise.resolve(
        Response.json({ supabaseUrl: 'https://api.example.com', publishableKey: 'k', vapidPublicKey: 'v' }),
      );
    }
    asked.push({ url, body: JSON.parse(init?.body as string) });
    return Promise.resolve(answer());
  });
  return asked;
}

describe('Statements', () => {
  const followed: string[] = [];
  beforeEach(() => {
    followed.length = 0;
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function follow(this: HTMLAnchorElement) {
      followed.push(this.href);
    });
  });
  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
  });

  it('shows month, balances and the three files', () => {
    show([october]);
    const entry = screen.getByRole('listitem');
    expect(entry.textContent).toContain('October 2026 USD');
    expect(entry.textContent).toContain('-$12.50 at the beginning, $300.00 at the end');
    expect(screen.getAllByRole('button').map((button) => button.getAttribute('aria-label'))).toEqual([
      'Download PDF: October 2026, USD',
      'Download CSV: October 2026, USD',
      'Download JSON: October 2026, USD',
    ]);
  });

  it('asks for a link of 60 seconds and lets the browser save the file', async () => {
    const asked = serve(() => Response.json({ signedURL: '/object/sign/statements/p/x.pdf?token=t' }));
    show([october]);
    fireEvent.click(screen.getByRole('button', { name: /PDF/ }));
    await waitFor(() => expect(followed).toHaveLength(1));
    expect(asked).toEqual([
      { url: 'https://api.example.com/storage/v1/object/sign/statements/p/2026-10/USD-1.pdf', body: { expiresIn: 60 } },
    ]);
    expect(followed[0]).toBe(
      'https://api.example.com/storage/v1/object/sign/statements/p/x.pdf?token=t&download=statement-2026-10-USD.pdf',
    );
  });

  it('says so when the file cannot be had', async () => {
    serve(() => Response.json({ statusCode: '404' }, { status: 400 }));
    show([october]);
    fireEvent.click(screen.getByRole('button', { name: /CSV/ }));
    expect((await screen.findByRole('alert')).textContent).not.toBe('');
    expect(followed).toEqual([]);
  });

  it('offers only files that are there', () => {
    show([{ ...october, files: {} }]);
    expect(screen.queryByRole('button')).toBeNull();
    expect(screen.getByRole('listitem').textContent).toContain('being made');
  });

  it('tells when the first one comes', () => {
    show([]);
    expect(screen.queryByRole('listitem')).toBeNull();
    expect(screen.getByRole('region', { name: 'Statements' }).textContent).toContain('first month');
  });
});

describe('paperLink', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('fails with words a person understands', async () => {
    serve(() => new Response('{}', { status: 500 }));
    await expect(paperLink('statements', 'p/x.pdf', 'x.pdf')).rejects.toMatchObject({ name: 'AppError' });
  });
});
