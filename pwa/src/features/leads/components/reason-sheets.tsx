import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState, type FormEvent } from 'react';
import { errorText } from '@/lib/errors';
import { showToast } from '@/lib/toast';
import { Button } from '@/ui/button';
import { TextField } from '@/ui/field';
import { Sheet } from '@/ui/sheet';
import { Problem } from '@/ui/states';
import { text } from '../messages';
import type { Lead } from '../model';
import { deleteLead } from '../ops';
import { leadKeys } from '../queries';

interface LostProps {
  lead: Lead;
  onClose: () => void;
  onLost: (reason: string) => void;
}

export function LostSheet({ lead, onClose, onLost }: LostProps) {
  const formId = useId();
  const [choice, setChoice] = useState('');
  const [other, setOther] = useState('');
  const [missing, setMissing] = useState(false);
  const reason = choice === text.lostOther ? other.trim() : choice;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (reason === '') setMissing(true);
    else onLost(reason);
  };

  return (
    <Sheet
      title={text.lostTitle}
      onClose={onClose}
      footer={
        <Button type="submit" form={formId} variant="danger" wide>
          {text.lostSend}
        </Button>
      }
    >
      <form id={formId} noValidate onSubmit={submit} className="grid gap-4">
        <p className="font-semibold">{lead.company_name}</p>
        {missing && reason === '' && <Problem>{text.lostMissing}</Problem>}
        <fieldset className="grid gap-2">
          <legend className="pb-2 text-sm font-semibold">{text.lostReason}</legend>
          {[...text.lostReasons, text.lostOther].map((option) => (
            <label
              key={option}
              className="flex min-h-11 items-center gap-3 rounded-xl bg-raised px-4 has-checked:bg-accent-soft has-checked:text-accent-text"
            >
              <input
                type="radio"
                name="reason"
                value={option}
                checked={choice === option}
                onChange={() => setChoice(option)}
                className="size-5 accent-accent"
              />
              {option}
            </label>
          ))}
        </fieldset>
        {choice === text.lostOther && (
          <TextField
            label={text.lostOtherText}
            maxLength={200}
            value={other}
            onChange={(event) => setOther(event.target.value)}
          />
        )}
      </form>
    </Sheet>
  );
}

interface DeleteProps {
  lead: Lead;
  onClose: () => void;
  onDeleted: () => void;
}

export function DeleteSheet({ lead, onClose, onDeleted }: DeleteProps) {
  const client = useQueryClient();
  const formId = useId();
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const remove = useMutation({
    mutationFn: () => deleteLead(lead.id, reason.trim()),
    onSuccess: () => {
      onClose();
      onDeleted();
      showToast(text.deleted(lead.company_name));
      void client.invalidateQueries({ queryKey: leadKeys.all });
    },
  });

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (reason.trim() === '') setMissing(true);
    else remove.mutate();
  };

  return (
    <Sheet
      title={text.deleteTitle}
      onClose={onClose}
      footer={
        <Button type="submit" form={formId} variant="danger" wide busy={remove.isPending}>
          {text.deleteSend}
        </Button>
      }
    >
      <form id={formId} noValidate onSubmit={submit} className="grid gap-4">
        <p className="font-semibold">{lead.company_name}</p>
        <p className="text-[15px] text-soft">{text.deleteBody}</p>
        {remove.isError && <Problem>{errorText(remove.error)}</Problem>}
        <TextField
          data-autofocus
          label={text.deleteReason}
          hint={text.deleteReasonHint}
          maxLength={200}
          value={reason}
          error={missing && reason.trim() === '' ? text.deleteMissing : undefined}
          onChange={(event) => setReason(event.target.value)}
        />
      </form>
    </Sheet>
  );
}
