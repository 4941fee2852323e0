import type { Tax } from './model';

/** The words of the tax card, apart from the page's: they come with it. */
export const text = {
  title: 'Tax',
  loading: 'Loading your tax details',
  status: {
    complete: 'Stripe has your tax details.',
    pending: 'Stripe is checking your tax details.',
    rejected: 'Stripe could not confirm your tax details. Correct them through your payout account.',
    required: 'Stripe needs your tax details. Enter them through your payout account.',
    unknown: 'Stripe has not asked for your tax details yet.',
  } satisfies Record<Tax['tax_status'], string>,
  form: (form: string, year: number) => `${year}, form ${form}`,
  used: (used: string, threshold: string) => `${used} of ${threshold} paid out`,
  remaining: (amount: string) => `${amount} can still be paid out before tax details are needed.`,
  reached: 'No more can be paid out this year before your tax details are complete.',
  anyAmount: (threshold: string) => `Any amount can be paid out. From ${threshold} on it is reported for tax.`,
  noForm: 'For your country there is no amount from which we need tax details.',
  documents: 'Your number and your forms stay at Stripe: open your payout account to enter or fetch them.',
  years: 'Paid out by year',
  yearsNote: 'A year is the calendar year in UTC in which the money was sent.',
  noYears: 'Nothing has been paid out yet.',
  takenBack: (amount: string) => `${amount} taken back`,
};
