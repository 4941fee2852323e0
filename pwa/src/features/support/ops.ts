import { rpc } from '@/lib/data';

/** Says more about a question that was asked. */
export function reply(ticketId: string, message: string): Promise<{ id: string }> {
  return rpc('answer_ticket', { ticket_id: ticketId, message });
}
