import { queryOptions } from '@tanstack/react-query';
import { rpc } from './data';

export interface TierStatus {
  tier: string;
  label: string;
  qualified_deals: number;
  provisional_deals: number;
  next_tier: string | null;
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
  queryFn: () => rpc<TierStatus>('tier_status'),
});
