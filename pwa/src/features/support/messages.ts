import type { Question } from '@/lib/ask-support';
import { formatTime } from '@/lib/dates';
import type { Status } from './model';

export const text = {
  title: 'Support',
  intro: 'Ask what only a person can settle. The answer comes here, and a notification tells you.',
  loading: 'Loading your questions',
  list: 'Your questions',
  empty: 'You have not asked anything yet.',
  offline: 'You are offline. Your questions and their answers show up when the connection is back.',
  status: {
    open: 'Open',
    in_progress: 'In progress',
    waiting: 'Answered',
    resolved: 'Resolved',
    closed: 'Closed',
  } satisfies Record<Status, string>,
  due: (iso: string) => `You get an answer by ${formatTime(iso)}.`,
  you: (iso: string) => `You, ${formatTime(iso)}`,
  support: (iso: string) => `Support, ${formatTime(iso)}`,
  reply: 'Your reply',
  replyMissing: 'Please write something.',
  send: 'Send',
  sent: 'Support has your reply.',
  closed: 'This question is closed. Ask a new one if something is left.',
  subject: 'What is it about?',
  subjectShort: 'Please write at least three characters.',
  category: 'Area',
  categories: {
    money: 'Money and payouts',
    account: 'My account',
    leads: 'Leads and deals',
    training: 'Training',
    technical: 'The app',
    other: 'Something else',
  } satisfies Record<Question['category'], string>,
} as const;
