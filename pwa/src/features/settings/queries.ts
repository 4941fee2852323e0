import { queryOptions } from '@tanstack/react-query';
import { db, rows } from '@/lib/data';
import type { DataExport } from './model';

/** The newest export of one's own data, if there has been one. */
export const exportQuery = queryOptions({
  queryKey: ['exports'] as const,
  queryFn: async ({ signal }): Promise<DataExport | null> => {
    const client = await db();
    return rows(
      client
        .from('exports')
        .select('id,status,path,expires_at')
        .order('requested_at', { ascending: false })
        .limit(1)
        .abortSignal(signal)
        .maybeSingle(),
    );
  },
});
