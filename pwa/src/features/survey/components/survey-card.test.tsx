import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';

const rpc = vi.hoisted(() => vi.fn<(name: string, args?: unknown) => Promise<unknown>>());
vi.mock('@/lib/data', () => ({ rpc }));

const { default: SurveyCard } = await import('./survey-card');
const { isLater } = await import('../ops');

function show(due: boolean) {
  rpc.mockImplementation((name) => Promise.resolve(name === 'survey_due' ? { quarter: '2026-10-01', due } : {}));
  render(
    <QueryClientProvider client={new QueryClient()}>
      <SurveyCard />
    </QueryClientProvider>,
  );
}

beforeEach(() => {
  localStorage.clear();
  rpc.mockReset();
});

describe('the question of the quarter', () => {
  it('is not shown when it is not due', async () => {
    show(false);
    await waitFor(() => expect(rpc).toHaveBeenCalledWith('survey_due'));
    expect(screen.queryByRole('group')).toBeNull();
  });

  it('sends score and comment once and goes away', async () => {
    show(true);
    fireEvent.click(await screen.findByRole('radio', { name: '4 of 5: Satisfied' }));
    fireEvent.change(screen.getByRole('textbox'), { target: { value: 'More decks' } });
    fireEvent.click(screen.getByRole('button', { name: 'Send' }));
    await waitFor(() => expect(screen.queryByRole('group')).toBeNull());
    expect(rpc).toHaveBeenCalledWith('answer_survey', { score: 4, comment: 'More decks' });
  });

  it('cannot be sent without a score', async () => {
    show(true);
    expect((await screen.findByRole<HTMLButtonElement>('button', { name: 'Send' })).disabled).toBe(true);
    expect(rpc).not.toHaveBeenCalledWith('answer_survey', expect.anything());
  });

  it('comes back three days after "later"', async () => {
    show(true);
    fireEvent.click(await screen.findByRole('button', { name: 'Later' }));
    expect(screen.queryByRole('group')).toBeNull();
    const day = 24 * 3600_000;
    expect([isLater(Date.now() + 2 * day), isLater(Date.now() + 3 * day)]).toEqual([true, false]);
  });
});
