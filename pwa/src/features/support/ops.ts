import { rpc } from '@/lib/data';
import type { Category } from './model';

interface Question {
  subject: string;
  category: Category;
  description: string;
}

/** Asks support. The id makes a second try harmless. */
export function askSupport(id: string, question: Question): Promise<{ answer_due_at: string | null }> {
  return rpc('open_ticket', { id, ...question });
}

/** Says more about a question that was asked. */
export function reply(ticketId: string, message: string): Promise<{ id: string }> {
  return rpc('answer_ticket', { ticket_id: ticketId, message });
}
