import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState, type FormEvent } from 'react';
import { errorText } from '@/lib/errors';
import { showToast } from '@/lib/toast';
import { uuidv7 } from '@/lib/uuid';
import { Button } from '@/ui/button';
import { TextArea } from '@/ui/field';
import { Sheet } from '@/ui/sheet';
import { Problem } from '@/ui/states';
import { text } from '../messages';
import { ACTIVITY_TYPES, type ActivityType, type Lead } from '../model';
import { addActivity } from '../ops';
import { leadKeys } from '../queries';

/** Adds a note, call, mail or meeting to the timeline of a lead. */
export function NoteForm({ leadId, onDone }: { leadId: string; onDone?: () => void }) {
  const client = useQueryClient();
  const id = useRef(uuidv7());
  const [type, setType] = useState<ActivityType>('note');
  const [notes, setNotes] = useState('');
  const [missing, setMissing] = useState(false);
  const add = useMutation({
    mutationFn: () => addActivity(id.current, leadId, type, notes.trim()),
    onSuccess: () => {
      id.current = uuidv7();
      setNotes('');
      setMissing(false);
      showToast(text.noteDone);
      void client.invalidateQueries({ queryKey: leadKeys.activities(leadId) });
      onDone?.();
    },
  });

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (notes.trim() === '') setMissing(true);
    else add.mutate();
  };

  return (
    <form noValidate onSubmit={submit} className="grid gap-3">
      {add.isError && <Problem>{errorText(add.error)}</Problem>}
      <fieldset>
        <legend className="sr-only">{text.noteKind}</legend>
        <div className="flex flex-wrap gap-2">
          {ACTIVITY_TYPES.map((option) => (
            <label
              key={option}
              className="inline-flex min-h-11 items-center rounded-full bg-raised px-4 text-sm font-semibold has-checked:bg-accent has-checked:text-white has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent-text"
            >
              <input
                type="radio"
                name="kind"
                className="sr-only"
                checked={type === option}
                onChange={() => setType(option)}
              />
              {text.activity[option]}
            </label>
          ))}
        </div>
      </fieldset>
      <TextArea
        data-autofocus
        label={text.noteText}
        maxLength={4000}
        value={notes}
        error={missing && notes.trim() === '' ? text.noteMissing : undefined}
        onChange={(event) => setNotes(event.target.value)}
      />
      <Button type="submit" variant="primary" busy={add.isPending}>
        {text.noteSend}
      </Button>
    </form>
  );
}

export function NoteSheet({ lead, onClose }: { lead: Lead; onClose: () => void }) {
  return (
    <Sheet title={text.noteTitle} onClose={onClose}>
      <p className="pb-3 text-[15px] text-soft">{lead.company_name}</p>
      <NoteForm leadId={lead.id} onDone={onClose} />
    </Sheet>
  );
}
