import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Tax } from '../model';
import { taxQuery } from '../queries';
import TaxCard from './tax-card';

const tax: Tax = {
  country: 'US',
  payable: true,
  tax_status: 'unknown',
  year: 2026,
  forms: [{ form: '1099-NEC', currency: 'USD', threshold: 200_000, used: 150_000, remaining: 49_999 }],
  years: [
    { tax_year: 2026, country: 'US', currency: 'USD', paid: 160_000, taken_back: 10_000, total: 150_000 },
    { tax_year: 2026, country: 'US', currency: 'JPY', paid: 5_000, taken_back: 0, total: 5_000 },
  ],
};

function show(known: Tax) {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity, retry: false } } });
  client.setQueryData(taxQuery.queryKey, known);
  render(
    <QueryClientProvider client={client}>
      <TaxCard />
    </QueryClientProvider>,
  );
  return screen.getByRole('region', { name: 'Tax' }).textContent;
}

describe('TaxCard', () => {
  it('says how far the year may go without details, and what each year brought', () => {
    const said = show(tax);
    expect(said).toContain('$1,500.00 of $2,000.00 paid out');
    expect(said).toContain('$499.99 can still be paid out before tax details are needed.');
    expect(said).toContain('$100.00 taken back');
    expect(said).toContain('¥5,000');
    const bar = screen.getByRole('progressbar', { name: '2026, form 1099-NEC' });
    expect(bar.getAttribute('aria-valuenow')).toBe('75');
  });

  it('knows no bound once the details are complete', () => {
    const said = show({ ...tax, tax_status: 'complete', forms: [{ ...tax.forms[0]!, remaining: null }] });
    expect(said).toContain('Stripe has your tax details.');
    expect(said).toContain('Any amount can be paid out. From $2,000.00 on it is reported for tax.');
    expect(screen.queryByRole('progressbar')).toBeNull();
  });

  it('leads to the payout account when something is wrong', () => {
    const said = show({ ...tax, tax_status: 'rejected', forms: [{ ...tax.forms[0]!, remaining: 0 }], years: [] });
    expect(said).toContain('Stripe could not confirm your tax details.');
    expect(said).toContain('No more can be paid out this year');
    expect(said).toContain('Nothing has been paid out yet.');
    expect(screen.getByRole('link', { name: 'Go to the payout account' }).getAttribute('href')).toBe('#account');
  });

  it('claims nothing where no form is known', () => {
    expect(show({ ...tax, country: 'DE', forms: [] })).toContain('For your country there is no amount');
  });
});
