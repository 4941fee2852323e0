import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState, type FormEvent } from 'react';
import { errorText } from '@/lib/errors';
import { useOnline } from '@/lib/online';
import { showToast } from '@/lib/toast';
import { uuidv7 } from '@/lib/uuid';
import { Button } from '@/ui/button';
import { TextArea } from '@/ui/field';
import { Sheet } from '@/ui/sheet';
import { Problem } from '@/ui/states';
import { text } from '../messages';
import { askSupport } from '../ops';

const LEAST = 10;

/** A question to support about money; what stands in the way is its subject. */
export default function SupportSheet({ about, onClose }: { about: string; onClose: () => void }) {
  const client = useQueryClient();
  const online = useOnline();
  // Kept, so that a second press after a lost answer asks the same question.
  const id = useRef(uuidv7());
  const [question, setQuestion] = useState('');
  const [short, setShort] = useState(false);
  const ask = useMutation({
    mutationFn: () => askSupport(id.current, about, question.trim()),
    onSuccess: ({ answer_due_at: due }) => {
      void client.invalidateQueries({ queryKey: ['support'] });
      showToast(text.asked(due), { tone: 'good' });
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const enough = question.trim().length >= LEAST;
    setShort(!enough);
    if (enough) ask.mutate();
  };
  return (
    <Sheet title={text.ask} onClose={onClose}>
      <form noValidate onSubmit={submit} className="grid gap-4">
        <p className="text-[15px] text-soft">{about}</p>
        {ask.isError && <Problem>{errorText(ask.error)}</Problem>}
        <TextArea
          data-autofocus
          rows={4}
          maxLength={10_000}
          label={text.askQuestion}
          value={question}
          error={short ? text.askShort : undefined}
          onChange={(event) => setQuestion(event.target.value)}
        />
        <Button type="submit" variant="primary" wide busy={ask.isPending} disabled={!online}>
          {text.askSend}
        </Button>
      </form>
    </Sheet>
  );
}
