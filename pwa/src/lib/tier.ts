import { queryOptions } from '@tanstack/react-query';
import { rpc } from './data';
import type { Enum } from './database';

export interface TierStatus {
  tier: Enum<'partner_tier'>;
  label: string;
  qualified_deals: number;
  provisional_deals: number;
  next_tier: Enum<'partner_tier'> | null;
  next_label: string | null;
  deals_needed: number;
  /** 0 … 100. */
  progress_percentage: number;
  /** Basis points, for deals won from now on. */
  commission_rate: number;
  next_commission_rate: number | null;
}

export const tierQuery = queryOptions({
  queryKey: ['tier'],
  queryFn: (): Promise<TierStatus> => rpc('tier_status'),
});
