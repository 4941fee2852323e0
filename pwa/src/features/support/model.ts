import type { Enum, Row } from '@/lib/database';
import type { Tone } from '@/ui/badge';

export type Status = Enum<'ticket_status'>;

export type Ticket = Pick<
  Row<'support_tickets'>,
  'id' | 'subject' | 'status' | 'description' | 'answer_due_at' | 'first_answer_at' | 'created_at'
> & {
  /** The oldest first; of staff where `staff_id` is set. */
  messages: Pick<Row<'ticket_messages'>, 'id' | 'message' | 'created_at' | 'staff_id'>[];
};

export const TONES: Record<Status, Tone> = {
  open: 'info',
  in_progress: 'info',
  waiting: 'good',
  resolved: 'neutral',
  closed: 'neutral',
};
