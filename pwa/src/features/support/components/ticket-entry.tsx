import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ChevronDown } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { cn } from '@/lib/cn';
import { errorText } from '@/lib/errors';
import { useOnline } from '@/lib/online';
import { showToast } from '@/lib/toast';
import { Badge } from '@/ui/badge';
import { Button } from '@/ui/button';
import { TextArea } from '@/ui/field';
import { Problem } from '@/ui/states';
import { text } from '../messages';
import { TONES, type Ticket } from '../model';
import { reply } from '../ops';
import { ticketsQuery } from '../queries';

/** One question: folded to its subject, or with everything that was said. */
export function TicketEntry({ ticket, open }: { ticket: Ticket; open: boolean }) {
  const unanswered = ticket.first_answer_at === null && (ticket.status === 'open' || ticket.status === 'in_progress');
  return (
    <li className="py-2">
      <details open={open} className="group">
        <summary className="flex min-h-11 items-center justify-between gap-3 rounded-lg font-semibold">
          <span className="min-w-0">{ticket.subject}</span>
          <span className="flex items-center gap-1.5">
            <Badge tone={TONES[ticket.status]}>{text.status[ticket.status]}</Badge>
            <ChevronDown aria-hidden className="size-5 text-soft group-open:rotate-180" />
          </span>
        </summary>
        <div className="grid gap-3 pt-2 pb-1">
          <Said by={text.you(ticket.created_at)} mine>
            {ticket.description}
          </Said>
          {ticket.messages.map(({ id, message, created_at: at, staff_id: staff }) => (
            <Said key={id} by={staff === null ? text.you(at) : text.support(at)} mine={staff === null}>
              {message}
            </Said>
          ))}
          {unanswered && <p className="text-sm text-soft">{text.due(ticket.answer_due_at)}</p>}
          {ticket.status === 'closed' ? (
            <p className="text-sm text-soft">{text.closed}</p>
          ) : (
            <ReplyForm ticketId={ticket.id} />
          )}
        </div>
      </details>
    </li>
  );
}

function Said({ by, mine, children }: { by: string; mine: boolean; children: string }) {
  return (
    <div className={cn('grid gap-1 rounded-xl px-4 py-3', mine ? 'ml-6 bg-raised' : 'mr-6 bg-accent-soft')}>
      <p className="text-sm text-soft">{by}</p>
      <p className="text-[15px] whitespace-pre-wrap">{children}</p>
    </div>
  );
}

function ReplyForm({ ticketId }: { ticketId: string }) {
  const client = useQueryClient();
  const online = useOnline();
  const [message, setMessage] = useState('');
  const [missing, setMissing] = useState(false);
  const send = useMutation({
    mutationFn: () => reply(ticketId, message.trim()),
    onSuccess: () => {
      setMessage('');
      showToast(text.sent, { tone: 'good' });
      void client.invalidateQueries({ queryKey: ticketsQuery.queryKey });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const empty = message.trim() === '';
    setMissing(empty);
    if (!empty) send.mutate();
  };
  return (
    <form noValidate onSubmit={submit} className="grid justify-items-start gap-3">
      {send.isError && <Problem>{errorText(send.error)}</Problem>}
      <div className="w-full">
        <TextArea
          rows={2}
          maxLength={10_000}
          label={text.reply}
          value={message}
          error={missing ? text.replyMissing : undefined}
          onChange={(event) => setMessage(event.target.value)}
        />
      </div>
      <Button type="submit" busy={send.isPending} disabled={!online}>
        {text.send}
      </Button>
    </form>
  );
}
