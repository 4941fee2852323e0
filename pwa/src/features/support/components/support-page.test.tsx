import { onlineManager, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Ticket } from '../model';
import { SupportPage } from './support-page';

// The clients are loaded on first use.
const PATIENT = { timeout: 4000 };

const ticket: Ticket = {
  id: 't',
  subject: 'Where is my payout?',
  status: 'open',
  description: 'It was sent on Monday.',
  answer_due_at: '2026-03-02T15:20:00Z',
  first_answer_at: null,
  created_at: '2026-03-02T09:00:00Z',
  messages: [],
};
const answered: Ticket = {
  ...ticket,
  status: 'waiting',
  first_answer_at: '2026-03-02T10:00:00Z',
  messages: [{ id: 'm', message: 'It is at your bank.', created_at: '2026-03-02T10:00:00Z', staff_id: 's' }],
};

/** The servers of the app, at the edge of the browser; `answers` is what they say, one after the other. */
function serve(...answers: Response[]) {
  const asked: { path: string; body: Record<string, unknown> | null }[] = [];
  vi.stubGlobal('fetch', (input: string | URL, init?: RequestInit) => {
    const url = new URL(String(input), 'https://app.example.com');
    if (url.pathname === '/config.json') {
      return Promise.resolve(
        Response.json({ supabaseUrl: 'https://api.example.com', publishableKey: 'k', vapidPublicKey: 'v' }),
      );
    }
    const body = init?.body == null ? null : (JSON.parse(init.body as string) as Record<string, unknown>);
    asked.push({ path: url.pathname, body });
    return Promise.resolve(answers.shift() ?? Response.json([]));
  });
  return asked;
}

function show(known?: Ticket[]) {
  const client = new QueryClient({
    defaultOptions: { queries: { staleTime: Infinity, retry: false, networkMode: 'always' } },
  });
  if (known !== undefined) client.setQueryData(['support'], known);
  render(
    <QueryClientProvider client={client}>
      <SupportPage />
    </QueryClientProvider>,
  );
}

const type = (label: RegExp, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });

describe('SupportPage', () => {
  afterEach(() => {
    onlineManager.setOnline(true);
    vi.unstubAllGlobals();
  });

  it('says by when an answer comes, and then who said what', () => {
    show([ticket]);
    expect(screen.getByRole('listitem').textContent).toContain('You get an answer by Mar 2');
    document.body.replaceChildren();
    show([answered]);
    const entry = screen.getByRole('listitem').textContent ?? '';
    expect(entry).toContain('Answered');
    expect(entry).toMatch(/You, Mar 2.*It was sent on Monday\..*Support, Mar 2.*It is at your bank\./);
    expect(entry).not.toContain('You get an answer by');
  });

  it('sends a reply, and none without words', async () => {
    const asked = serve(Response.json({ id: 'm2' }));
    show([answered]);
    fireEvent.click(screen.getByRole('button', { name: 'Send' }));
    expect(screen.getByText('Please write something.')).toBeTruthy();
    type(/Your reply/, ' It has arrived. ');
    fireEvent.click(screen.getByRole('button', { name: 'Send' }));
    await waitFor(() => expect(screen.getByLabelText<HTMLTextAreaElement>(/Your reply/).value).toBe(''), PATIENT);
    expect(asked[0]).toEqual({
      path: '/rest/v1/rpc/answer_ticket',
      body: { ticket_id: 't', message: 'It has arrived.' },
    });
  });

  it('takes no reply to what is closed', () => {
    show([{ ...answered, status: 'closed' }]);
    expect(screen.queryByLabelText(/Your reply/)).toBeNull();
    expect(screen.getByRole('listitem').textContent).toContain('Ask a new one');
  });

  it('asks with subject, area and question, and says what is missing', async () => {
    const asked = serve(Response.json({ id: 'q', answer_due_at: '2026-03-02T15:20:00Z' }));
    show([]);
    expect(screen.getByText('You have not asked anything yet.')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Ask support' }));
    const send = await screen.findByRole('button', { name: 'Send to support' }, PATIENT);
    fireEvent.click(send);
    expect(screen.getByText('Please write at least three characters.')).toBeTruthy();
    expect(screen.getByText('Please write at least ten characters.')).toBeTruthy();
    type(/What is it about/, 'My name');
    type(/Area/, 'account');
    type(/Your question$/, 'It is misspelt everywhere.');
    fireEvent.click(send);
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Send to support' })).toBeNull(), PATIENT);
    expect(asked[0]?.path).toBe('/rest/v1/rpc/open_ticket');
    expect(asked[0]?.body).toMatchObject({
      subject: 'My name',
      category: 'account',
      description: 'It is misspelt everywhere.',
    });
  });

  it('says that it is offline when it knows nothing, and then finds out', async () => {
    serve(Response.json([answered]));
    onlineManager.setOnline(false);
    show();
    expect(screen.getByText(/show up when the connection is back/)).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Ask support' }).disabled).toBe(true);
    act(() => onlineManager.setOnline(true));
    await screen.findByText('Where is my payout?', undefined, PATIENT);
  });
});
