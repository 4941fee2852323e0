import type { Application } from '@/lib/account';
import { formatDay } from '@/lib/dates';

export const text = {
  formTitle: 'Apply as a partner',
  formIntro: 'Tell us a little about you. A person reads every application, usually within two working days.',
  name: 'Full name',
  phone: 'Phone',
  phoneHint: 'With country code, such as +49 30 123456.',
  country: 'Country',
  countryHint: 'Where you live and are paid. Those that we can pay to.',
  chooseCountry: 'Choose a country',
  countriesComing: 'One moment …',
  motivation: 'Why do you want to sell for SISO?',
  motivationHint: 'Your network, your experience, what you have sold before.',
  terms: 'I accept the partner terms: no joining fee, commission on paid deals only, honest claims about earnings.',
  send: 'Send application',
  sent: 'Your application is on its way.',
  nameMissing: 'Please tell us your name.',
  phoneWrong: 'Please give the number with its country code, such as +49 30 123456.',
  countryMissing: 'Please choose your country.',
  motivationShort: 'Please write at least 20 characters.',
  termsMissing: 'Without the terms we cannot work together.',
  waitingTitle: 'We are looking at your application',
  waitingBody: 'We write to you as soon as it is decided. This page changes by itself, too.',
  steps: { submitted: 'Received', in_review: 'In review', approved: 'Decided' } satisfies Partial<
    Record<Application['status'], string>
  >,
  sentOn: (iso: string) => `Sent on ${formatDay(iso)}`,
  rejectedTitle: 'We cannot take you in at the moment',
  rejectedBody: 'Thank you for your interest. You are welcome to apply again when things have changed.',
  reason: 'What we would like you to know',
  again: 'Apply again',
  withdrawnTitle: 'Your application was withdrawn',
  staffTitle: 'This is a staff account',
  staffBody: 'The partner area is for partners only. Staff work in Studio.',
  signOut: 'Sign out',
} as const;
