import { render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Payout, PayoutStatus } from '../model';
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
    expect(screen.getByRole('alert').textContent).toBe('The bank refused the transfer.');
  });
});
