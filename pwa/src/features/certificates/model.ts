import type { Row } from '@/lib/database';
import type { Tone } from '@/ui/badge';

export type Certificate = Pick<
  Row<'certificates'>,
  'id' | 'number' | 'version' | 'issued_at' | 'expires_at' | 'revoked_at' | 'revoked_reason'
> & {
  /** Of the track. Null for people who may no longer read the training: the certificate itself stays theirs. */
  track: { title: string } | null;
  /** Null until the PDF has been made. */
  file: { path: string } | null;
};

export type Standing = 'valid' | 'ending' | 'expired' | 'revoked';

export const TONES: Record<Standing, Tone> = { valid: 'good', ending: 'warn', expired: 'neutral', revoked: 'bad' };

const DAY = 86_400_000;
/** In days, on average. */
const MONTH = 30.44;
/** The programme reminds so long before the end. */
const SOON = 30 * DAY;

export function standingOf(certificate: Certificate, now: number = Date.now()): Standing {
  if (certificate.revoked_at !== null) return 'revoked';
  const left = Date.parse(certificate.expires_at) - now;
  if (left <= 0) return 'expired';
  return left <= SOON ? 'ending' : 'valid';
}

const words = new Intl.RelativeTimeFormat('en', { numeric: 'always' });
const daily = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** "in 2 years", "in 12 days", "tomorrow", "3 months ago": to the nearest month where it is far. */
export function distance(iso: string, now: number = Date.now()): string {
  const days = Math.trunc((Date.parse(iso) - now) / DAY);
  if (Math.abs(days) < 60) return daily.format(days, 'day');
  const months = Math.round(days / MONTH);
  return Math.abs(months) < 24 ? words.format(months, 'month') : words.format(Math.trunc(months / 12), 'year');
}
