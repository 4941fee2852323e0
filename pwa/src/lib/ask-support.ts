import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { rpc } from './data';
import { formatTime } from './dates';
import { showToast } from './toast';
import { uuidv7 } from './uuid';

export const QUESTION_CATEGORIES = ['money', 'account', 'leads', 'training', 'technical', 'other'] as const;

export interface Question {
  subject: string;
  category: (typeof QUESTION_CATEGORIES)[number];
  description: string;
}

/** What the server asks of a question at least, in characters. */
export const LEAST = { subject: 3, question: 10 };

/** What every form that asks support says. */
export const askText = {
  title: 'Ask support',
  question: 'Your question',
  questionShort: 'Please write at least ten characters.',
  submit: 'Send to support',
} as const;

/** Asks support, from whichever page; says when the answer comes. */
export function useAskSupport(onAsked: () => void) {
  const client = useQueryClient();
  // Kept, so that a second press after a lost answer asks the same question.
  const id = useRef(uuidv7());
  return useMutation({
    mutationFn: (question: Question): Promise<{ answer_due_at: string | null }> =>
      rpc('open_ticket', { id: id.current, ...question }),
    onSuccess: ({ answer_due_at: due }) => {
      void client.invalidateQueries({ queryKey: ['support'] });
      const when = due === null ? '' : ` You get an answer by ${formatTime(due)}.`;
      showToast(`Support has your question.${when}`, { tone: 'good' });
      onAsked();
    },
  });
}
