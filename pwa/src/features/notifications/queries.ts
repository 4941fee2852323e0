import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { countedRows, db, rows } from '@/lib/data';

const PAGE = 30;
const COLUMNS = 'id,type,title,message,action_url,read,created_at';

export const notificationKeys = { all: ['notifications'] as const };

export const notificationsQuery = infiniteQueryOptions({
  queryKey: [...notificationKeys.all, 'list'] as const,
  queryFn: async ({ pageParam, signal }) => {
    const client = await db();
    return rows(
      client
        .from('notifications')
        .select(COLUMNS)
        .order('created_at', { ascending: false })
        .order('id', { ascending: false })
        .range(pageParam, pageParam + PAGE - 1)
        .abortSignal(signal),
    );
  },
  initialPageParam: 0,
  getNextPageParam: (last, pages) => (last.length < PAGE ? undefined : pages.length * PAGE),
});

export const unreadQuery = queryOptions({
  queryKey: [...notificationKeys.all, 'unread'] as const,
  queryFn: async ({ signal }) => {
    const client = await db();
    const { count } = await countedRows(
      client.from('notifications').select('id', { count: 'exact' }).eq('read', false).limit(1).abortSignal(signal),
    );
    return count;
  },
});
