import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { db, rows, rpc } from '@/lib/data';
import type { BankPayout, CommissionLine, Payout, Quote, Standing, Statement, Summary, Tax } from './model';
import type { Why } from './why';

const PAGE = 10;

export const earningsKeys = {
  all: ['earnings'] as const,
  payouts: ['payouts'] as const,
  account: ['payout-account'] as const,
};

export const summariesQuery = queryOptions({
  queryKey: [...earningsKeys.all, 'summary'] as const,
  queryFn: (): Promise<Summary[]> => rpc('earnings_summary'),
});

export const linesQuery = (currency: string) =>
  infiniteQueryOptions({
    queryKey: [...earningsKeys.all, 'lines', currency] as const,
    queryFn: async ({ pageParam, signal }) => {
      const client = await db();
      return rows(
        client
          .from('commission_lines')
          .select('*')
          .eq('currency', currency)
          // An estimate that cash has replaced is told by the lines that replaced it.
          .neq('status', 'settled')
          .order('created_at', { ascending: false })
          .order('id', { ascending: false })
          .range(pageParam, pageParam + PAGE - 1)
          .abortSignal(signal),
      );
    },
    initialPageParam: 0,
    getNextPageParam: (last, pages) => (last.length < PAGE ? undefined : pages.length * PAGE),
  });

export const whyQuery = (commissionId: string) =>
  queryOptions({
    queryKey: [...earningsKeys.all, 'why', commissionId] as const,
    queryFn: (): Promise<Why> => rpc('why_this_amount', { commission_id: commissionId }),
  });

export const payoutsQuery = queryOptions({
  queryKey: earningsKeys.payouts,
  queryFn: async ({ signal }): Promise<Payout[]> => {
    const client = await db();
    return rows(
      client
        .from('payouts')
        .select(
          'id,amount,currency,status,kind,fee,requested_at,sent_at,paid_at,failure_code,failure_message,instant:instant_payouts(status,fallback_reason,arrived_at)',
        )
        .order('requested_at', { ascending: false })
        .limit(50)
        .abortSignal(signal),
    );
  },
});

/** What Stripe did to bring the money from there to the partner's bank, the newest first. */
export const bankPayoutsQuery = queryOptions({
  queryKey: [...earningsKeys.payouts, 'bank'] as const,
  queryFn: async ({ signal }): Promise<BankPayout[]> => {
    const client = await db();
    return rows(
      client
        .from('bank_payouts')
        .select('stripe_payout_id,payout_id,amount,currency,status,reason,arrives_at,made_at,updated_at')
        .order('made_at', { ascending: false })
        .limit(50)
        .abortSignal(signal),
    );
  },
});

export const standingQuery = queryOptions({
  queryKey: [...earningsKeys.payouts, 'standing'] as const,
  queryFn: (): Promise<Standing> => rpc('my_payout_standing'),
});

/** Looked at anew each time: it says what is so at this moment. */
export const quoteQuery = (currency: string) =>
  queryOptions({
    queryKey: [...earningsKeys.payouts, 'quote', currency] as const,
    queryFn: (): Promise<Quote> => rpc('quote_instant_payout', { currency }),
    staleTime: 0,
    gcTime: 0,
  });

/** Debts of a currency: lines below zero that the next payout is less by, the oldest first. */
export const debtsQuery = (currency: string) =>
  queryOptions({
    queryKey: [...earningsKeys.all, 'debts', currency] as const,
    queryFn: async ({ signal }): Promise<CommissionLine[]> => {
      const client = await db();
      return rows(
        client
          .from('commission_lines')
          .select('*')
          .eq('currency', currency)
          .eq('status', 'payable')
          .lt('amount', 0)
          .order('created_at')
          .order('id')
          .limit(100)
          .abortSignal(signal),
      );
    },
  });

export const taxQuery = queryOptions({
  queryKey: [...earningsKeys.payouts, 'tax'] as const,
  queryFn: (): Promise<Tax> => rpc('my_tax'),
});

export const statementsQuery = queryOptions({
  queryKey: [...earningsKeys.all, 'statements'] as const,
  queryFn: (): Promise<Statement[]> => rpc('list_my_statements'),
});

export const payoutAccountQuery = queryOptions({
  queryKey: earningsKeys.account,
  queryFn: async ({ signal }) => {
    const client = await db();
    return rows(
      client
        .from('payout_accounts')
        .select('partner_id,status,country,requirements_due,destination_label,destination_changed_at,updated_at')
        .limit(1)
        .abortSignal(signal)
        .maybeSingle(),
    );
  },
});

/** The link that a worker makes; asked for again until it or its error is there. */
export const onboardingLinkQuery = (id: string) =>
  queryOptions({
    queryKey: ['payout-account-link', id] as const,
    queryFn: async ({ signal }) => {
      const client = await db();
      return rows(
        client
          .from('payout_account_links')
          .select('id,url,expires_at,error')
          .eq('id', id)
          .abortSignal(signal)
          .maybeSingle(),
      );
    },
    refetchInterval: ({ state }) => (state.data?.url != null || state.data?.error != null ? false : 1500),
    gcTime: 0,
    staleTime: 0,
  });
