import { queryOptions } from '@tanstack/react-query';
import { db, rows } from '@/lib/data';
import type { Ticket } from './model';

/** One's own questions to support with what was said, the newest first. */
export const ticketsQuery = queryOptions({
  queryKey: ['support'] as const,
  queryFn: async ({ signal }): Promise<Ticket[]> => {
    const client = await db();
    return rows(
      client
        .from('support_tickets')
        .select(
          'id,subject,status,description,answer_due_at,first_answer_at,created_at,messages:ticket_messages(id,message,created_at,staff_id)',
        )
        .order('created_at', { ascending: false })
        .order('created_at', { referencedTable: 'messages' })
        .limit(30)
        .abortSignal(signal),
    );
  },
});
