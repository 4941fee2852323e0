import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState, type FormEvent } from 'react';
import { errorText } from '@/lib/errors';
import { useOnline } from '@/lib/online';
import { showToast } from '@/lib/toast';
import { uuidv7 } from '@/lib/uuid';
import { Button } from '@/ui/button';
import { SelectField, TextArea, TextField } from '@/ui/field';
import { Sheet } from '@/ui/sheet';
import { Problem } from '@/ui/states';
import { text } from '../messages';
import { CATEGORIES, type Category } from '../model';
import { askSupport } from '../ops';
import { ticketsQuery } from '../queries';

const LEAST = { subject: 3, question: 10 };

export default function AskSheet({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const online = useOnline();
  // Kept, so that a second press after a lost answer asks the same question.
  const id = useRef(uuidv7());
  const [subject, setSubject] = useState('');
  const [category, setCategory] = useState<Category>('money');
  const [question, setQuestion] = useState('');
  const [tried, setTried] = useState(false);
  const short = { subject: subject.trim().length < LEAST.subject, question: question.trim().length < LEAST.question };
  const ask = useMutation({
    mutationFn: () => askSupport(id.current, { subject: subject.trim(), category, description: question.trim() }),
    onSuccess: ({ answer_due_at: due }) => {
      void client.invalidateQueries({ queryKey: ticketsQuery.queryKey });
      showToast(text.asked(due), { tone: 'good' });
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!short.subject && !short.question) ask.mutate();
  };
  return (
    <Sheet title={text.ask} onClose={onClose}>
      <form noValidate onSubmit={submit} className="grid gap-4">
        {ask.isError && <Problem>{errorText(ask.error)}</Problem>}
        <TextField
          data-autofocus
          maxLength={200}
          label={text.subject}
          value={subject}
          error={tried && short.subject ? text.subjectShort : undefined}
          onChange={(event) => setSubject(event.target.value)}
        />
        <SelectField
          label={text.category}
          value={category}
          onChange={(event) => setCategory(CATEGORIES.find((known) => known === event.target.value) ?? 'other')}
        >
          {CATEGORIES.map((known) => (
            <option key={known} value={known}>
              {text.categories[known]}
            </option>
          ))}
        </SelectField>
        <TextArea
          rows={4}
          maxLength={10_000}
          label={text.question}
          value={question}
          error={tried && short.question ? text.questionShort : undefined}
          onChange={(event) => setQuestion(event.target.value)}
        />
        <Button type="submit" variant="primary" wide busy={ask.isPending} disabled={!online}>
          {text.submit}
        </Button>
      </form>
    </Sheet>
  );
}
