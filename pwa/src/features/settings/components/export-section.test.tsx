import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { StepUpContext } from '@/lib/step-up';
import type { DataExport } from '../model';
import { exportQuery } from '../queries';
import ExportSection from './export-section';

const asked: { path: string; body: Record<string, unknown> }[] = [];

/** The servers of the app, at the edge of the browser; `answers` is what they say, one after the other. */
function serve(...answers: Response[]) {
  asked.length = 0;
  vi.stubGlobal('fetch', (input: string | URL, init?: RequestInit) => {
    const url = new URL(String(input), 'https://app.example.com');
    if (url.pathname === '/config.json') {
      return Promise.resolve(
        Response.json({ supabaseUrl: 'https://api.example.com', publishableKey: 'k', vapidPublicKey: 'v' }),
      );
    }
    asked.push({ path: url.pathname, body: JSON.parse(init?.body as string) as Record<string, unknown> });
    return Promise.resolve(answers.shift() ?? new Response(null, { status: 500 }));
  });
}

function show(newest: DataExport | null, stepUp = () => Promise.resolve(true)) {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity, retry: false } } });
  client.setQueryData(exportQuery.queryKey, newest);
  render(
    <StepUpContext value={stepUp}>
      <QueryClientProvider client={client}>
        <ExportSection />
      </QueryClientProvider>
    </StepUpContext>,
  );
}

const waiting = { id: 'e', status: 'waiting', path: null, expires_at: null };
const stale = { code: 'PT403', message: 'Code', details: '{"rule": "mfa_stale"}', hint: '' };

describe('ExportSection', () => {
  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
  });

  it('asks for a code, repeats the same request, and then waits', async () => {
    serve(Response.json(stale, { status: 403 }), Response.json(waiting));
    const stepUp = vi.fn<() => Promise<boolean>>(() => Promise.resolve(true));
    show(null, stepUp);
    fireEvent.click(screen.getByRole('button', { name: 'Get my data' }));
    await screen.findByText(/being put together/);
    expect(stepUp).toHaveBeenCalledOnce();
    expect(asked.map(({ path }) => path)).toEqual(['/rest/v1/rpc/request_export', '/rest/v1/rpc/request_export']);
    expect(asked[0]?.body['request_id']).toBe(asked[1]?.body['request_id']);
    expect(screen.getByRole<HTMLButtonElement>('button').disabled).toBe(true);
  });

  it('says nothing when the person gives up at the code, and why when the server refuses', async () => {
    serve(Response.json(stale, { status: 403 }));
    show(null, () => Promise.resolve(false));
    fireEvent.click(screen.getByRole('button'));
    await waitFor(() => expect(screen.getByRole<HTMLButtonElement>('button').disabled).toBe(false));
    expect(screen.queryByRole('alert')).toBeNull();
    serve(
      Response.json(
        { code: 'PT409', message: 'An export is being made already.', details: '{"rule": "export_running"}', hint: '' },
        { status: 409 },
      ),
    );
    fireEvent.click(screen.getByRole('button'));
    expect((await screen.findByRole('alert')).textContent).not.toBe('');
  });

  it('downloads what is ready with a link of an hour', async () => {
    const followed: string[] = [];
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function follow(this: HTMLAnchorElement) {
      followed.push(this.href);
    });
    serve(Response.json({ signedURL: '/object/sign/exports/p/e.zip?token=t' }));
    show({ id: 'e', status: 'ready', path: 'p/e.zip', expires_at: '2026-03-02T10:00:00Z' });
    fireEvent.click(screen.getByRole('button', { name: 'Download' }));
    await waitFor(() => expect(followed).toHaveLength(1));
    expect(asked).toEqual([{ path: '/storage/v1/object/sign/exports/p/e.zip', body: { expiresIn: 3600 } }]);
    expect(followed[0]).toContain('download=my-data.zip');
  });
});
