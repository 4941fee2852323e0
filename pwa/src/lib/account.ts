import { queryOptions } from '@tanstack/react-query';
import { rpc } from './data';
import type { Enum, Row } from './database';

export type Application = Pick<Row<'applications'>, 'id' | 'status' | 'created_at' | 'reason'>;

export interface Partner {
  id: string;
  name: string;
  email: string;
  phone: string | null;
  status: string;
  /** Why staff have set it, in words for the partner. */
  status_reason: string | null;
  current_tier: string;
  tier_label: string;
  /** Basis points. */
  commission_rate: number;
  referral_code: string;
  timezone: string | null;
  locale: string | null;
  country: string | null;
}

export interface Account {
  state: 'new' | 'applicant' | 'partner' | 'staff';
  application: Application | null;
  partner: Partner | null;
  roles: Enum<'staff_role'>[];
}

/** What the signed-in person is to the programme: it decides which screens there are. */
export const accountQuery = queryOptions({
  queryKey: ['account'],
  queryFn: (): Promise<Account> => rpc('my_account'),
  staleTime: 60_000,
});
