import { plural } from '@/lib/plural';

export const text = {
  title: 'Your tier',
  loading: 'Loading your tier',
  tier: (label: string) => `${label} tier`,
  progress: (percent: number, next: string) => `${percent}% of the way to ${next}`,
  top: 'The highest tier. Thank you!',
  toGo: (deals: number, next: string) => `${plural(deals, 'more deal', 'more deals')} to ${next}`,
  deals: (count: number) => plural(count, 'deal counted', 'deals counted'),
  provisional: (count: number) => `${plural(count, 'deal', 'deals')} not paid yet`,
  rate: (rate: string) => `${rate} commission`,
  nextRate: (next: string, rate: string) => `${next} earns ${rate}`,
} as const;
