import { queryOptions } from '@tanstack/react-query';
import { db, rows } from '@/lib/data';
import type { Certificate } from './model';

/** One's own certificates with their papers, the newest first. */
export const certificatesQuery = queryOptions({
  queryKey: ['certificates'] as const,
  queryFn: async ({ signal }): Promise<Certificate[]> => {
    const client = await db();
    return rows(
      client
        .from('certificates')
        .select(
          'id,number,version,issued_at,expires_at,revoked_at,revoked_reason,track:training_tracks(title),file:certificate_files(path)',
        )
        .order('issued_at', { ascending: false })
        .order('id')
        .abortSignal(signal),
    );
  },
});
