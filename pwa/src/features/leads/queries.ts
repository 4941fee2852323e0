import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { db, rows } from '@/lib/data';
import { searchPattern, summarise, type LeadStatus, type StageFacts } from './model';

const PAGE = 40;
/** What PostgREST gives at most in one answer. */
const BATCH = 1000;

export const leadKeys = {
  all: ['leads'] as const,
  summary: ['leads', 'summary'] as const,
  lane: (status: LeadStatus) => ['leads', 'lane', status] as const,
  detail: (id: string) => ['leads', 'detail', id] as const,
  activities: (id: string) => ['leads', 'activities', id] as const,
};

/** Count and value of every lane. */
export const summaryQuery = queryOptions({
  queryKey: leadKeys.summary,
  queryFn: async ({ signal }) => {
    const client = await db();
    const facts: StageFacts[] = [];
    for (;;) {
      const from = facts.length;
      // oxlint-disable-next-line no-await-in-loop -- the next page is needed only when this one is full
      const batch = await rows(
        client
          .from('leads')
          .select('status,estimated_value,currency')
          .order('id')
          .range(from, from + BATCH - 1)
          .abortSignal(signal),
      );
      facts.push(...batch);
      if (batch.length < BATCH) return facts;
    }
  },
  select: summarise,
});

export const laneQuery = (status: LeadStatus) =>
  infiniteQueryOptions({
    queryKey: leadKeys.lane(status),
    queryFn: async ({ pageParam, signal }) => {
      const client = await db();
      return rows(
        client
          .from('lead_cards')
          .select('*')
          .eq('status', status)
          .order('stage_entered_at', { ascending: false })
          .order('id', { ascending: false })
          .range(pageParam, pageParam + PAGE - 1)
          .abortSignal(signal),
      );
    },
    initialPageParam: 0,
    getNextPageParam: (last, pages) => (last.length < PAGE ? undefined : pages.length * PAGE),
  });

export const searchQuery = (query: string, onlyOpen = false) =>
  queryOptions({
    queryKey: [...leadKeys.all, 'search', query, onlyOpen] as const,
    queryFn: async ({ signal }) => {
      const client = await db();
      let request = client.from('lead_cards').select('*');
      if (query.trim() !== '') {
        const pattern = searchPattern(query);
        request = request.or(`company_name.ilike.${pattern},contact_name.ilike.${pattern}`);
      }
      if (onlyOpen) request = request.in('status', ['new', 'contacted', 'qualified', 'proposal_sent']);
      return rows(request.order('updated_at', { ascending: false }).limit(50).abortSignal(signal));
    },
  });

export const leadQuery = (id: string) =>
  queryOptions({
    queryKey: leadKeys.detail(id),
    queryFn: async ({ signal }) => {
      const client = await db();
      return rows(client.from('lead_cards').select('*').eq('id', id).abortSignal(signal).maybeSingle());
    },
  });

export const activitiesQuery = (leadId: string) =>
  infiniteQueryOptions({
    queryKey: leadKeys.activities(leadId),
    queryFn: async ({ pageParam, signal }) => {
      const client = await db();
      return rows(
        client
          .from('lead_activities')
          .select('id,lead_id,activity_type,notes,created_at')
          .eq('lead_id', leadId)
          .order('created_at', { ascending: false })
          .order('id', { ascending: false })
          .range(pageParam, pageParam + PAGE - 1)
          .abortSignal(signal),
      );
    },
    initialPageParam: 0,
    getNextPageParam: (last, pages) => (last.length < PAGE ? undefined : pages.length * PAGE),
  });
