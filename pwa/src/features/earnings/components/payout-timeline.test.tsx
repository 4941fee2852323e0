import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { BankPayout, Payout, PayoutStatus } from '../model';
import { earningsKeys } from '../queries';
import { PayoutTimeline } from './payout-timeline';

const payout = (status: PayoutStatus, failure_message: string | null = null): Payout => ({
  id: 'p',
  amount: 50000,
  currency: 'USD',
  status,
  kind: 'on_request',
  fee: 0,
  instant: null,
  requested_at: '2026-03-01T00:00:00Z',
  sent_at: null,
  paid_at: null,
  failure_code: null,
  failure_message,
});

describe('PayoutTimeline', () => {
  it('marks the step where the payout is', () => {
    render(<PayoutTimeline payout={payout('sending')} />);
    const steps = screen.getAllByRole('listitem');
    expect(steps.map((step) => step.getAttribute('aria-current'))).toEqual([null, 'step', null, null]);
    expect(screen.getByRole('status').textContent).toContain('$500.00');
  });

  it('has no step left when it is paid', () => {
    render(<PayoutTimeline payout={payout('paid')} />);
    expect(screen.getAllByRole('listitem').some((step) => step.hasAttribute('aria-current'))).toBe(false);
  });

  it('says why a payout failed instead of showing steps', () => {
    render(<PayoutTimeline payout={payout('failed', 'The bank refused the transfer.')} />);
    expect(screen.queryByRole('listitem')).toBeNull();
    expect(screen.getByRole('alert').textContent).toBe(
      'The money is back in your balance. The bank refused the transfer.',
    );
  });

  it('says in its own words what a payout waits for, and never in those of Stripe to us', () => {
    const words = 'You have insufficient funds in your Stripe account.';
    const { rerender } = render(
      <PayoutTimeline payout={{ ...payout('parked', words), failure_code: 'balance_insufficient' }} />,
    );
    expect(screen.getByRole('status').textContent).toContain('You need not do anything');
    expect(screen.getByRole('status').textContent).not.toContain(words);
    expect(screen.queryByRole('link')).toBeNull();
    rerender(<PayoutTimeline payout={{ ...payout('parked'), failure_code: 'payout_account_not_ready' }} />);
    expect(screen.getByRole('link').getAttribute('href')).toBe('#account');
    rerender(<PayoutTimeline payout={{ ...payout('parked'), failure_code: 'payouts_frozen' }} />);
    expect(screen.getByRole('button').textContent).toBe('Ask support');
  });

  it('takes the focus when it was just asked for', () => {
    const { rerender } = render(<PayoutTimeline payout={payout('approved')} />);
    expect(document.activeElement).toBe(document.body);
    rerender(<PayoutTimeline payout={payout('approved')} takesFocus />);
    expect(document.activeElement).toBe(screen.getByRole('status'));
  });

  const bank: BankPayout = {
    stripe_payout_id: 'po_1',
    payout_id: null,
    amount: 50000,
    currency: 'USD',
    status: 'failed',
    reason: 'The bank account has been closed.',
    arrives_at: null,
    made_at: '2026-03-02T00:00:00Z',
    updated_at: '2026-03-04T00:00:00Z',
  };

  it.each([
    [null, 'Change bank account'],
    ['2026-03-05T00:00:00Z', null],
  ])('is not paid when the bank refused; bank account changed at %s: next is %s', (changed, next) => {
    const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
    client.setQueryData(earningsKeys.account, {
      partner_id: 'p',
      status: 'ready',
      country: 'US',
      requirements_due: [],
      destination_label: null,
      destination_changed_at: changed,
      updated_at: '2026-03-01T00:00:00Z',
    });
    render(
      <QueryClientProvider client={client}>
        <PayoutTimeline payout={payout('paid')} bank={bank} />
      </QueryClientProvider>,
    );
    expect(screen.getByText('Refused by bank')).toBeTruthy();
    expect(screen.getAllByRole('listitem').map((step) => step.textContent)).toEqual([
      'Approved',
      'Sending',
      'Sent',
      'Refused',
    ]);
    expect(screen.queryByRole('link')?.textContent ?? null).toBe(next);
  });
});
