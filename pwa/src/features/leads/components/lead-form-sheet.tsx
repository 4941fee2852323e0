import { standardSchemaResolver } from '@hookform/resolvers/standard-schema';
import { useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useForm } from 'react-hook-form';
import { errorText } from '@/lib/errors';
import { CURRENCIES } from '@/lib/money';
import { showToast } from '@/lib/toast';
import { uuidv7 } from '@/lib/uuid';
import { Button } from '@/ui/button';
import { SelectField, TextArea, TextField } from '@/ui/field';
import { Sheet } from '@/ui/sheet';
import { Problem } from '@/ui/states';
import { text } from '../messages';
import { leadSchema, toFields, toForm, type Lead, type LeadForm } from '../model';
import { addLead, updateLead } from '../ops';
import { leadKeys } from '../queries';

interface Props {
  /** The lead to change; a new one without it. */
  lead?: Lead;
  onClose: () => void;
  onSaved?: (leadId: string) => void;
}

export function LeadFormSheet({ lead, onClose, onSaved }: Props) {
  const client = useQueryClient();
  const formId = useId();
  // One id for all tries of this form: a second try after a lost answer makes no second lead.
  const [newId] = useState(() => uuidv7());
  const { register, handleSubmit, formState, setError } = useForm<LeadForm>({
    resolver: standardSchemaResolver(leadSchema),
    defaultValues: toForm(lead),
  });
  const { errors, isSubmitting } = formState;

  const submit = handleSubmit(async (form) => {
    try {
      const fields = toFields(form);
      if (lead === undefined) await addLead(newId, fields);
      else await updateLead(lead.id, fields);
      void client.invalidateQueries({ queryKey: leadKeys.all });
      onClose();
      showToast(lead === undefined ? text.added(fields.company_name) : text.saved, { tone: 'good' });
      onSaved?.(lead?.id ?? newId);
    } catch (error) {
      setError('root', { message: errorText(error) });
    }
  });

  return (
    <Sheet
      title={lead === undefined ? text.addTitle : text.editTitle}
      onClose={onClose}
      footer={
        <Button type="submit" form={formId} variant="primary" wide busy={isSubmitting}>
          {text.save}
        </Button>
      }
    >
      <form id={formId} noValidate onSubmit={submit} className="grid gap-4">
        {errors.root?.message !== undefined && <Problem>{errors.root.message}</Problem>}
        <TextField
          data-autofocus
          label={text.company}
          autoComplete="off"
          error={errors.company_name?.message}
          {...register('company_name')}
        />
        <TextField
          label={text.contact}
          optional
          autoComplete="off"
          error={errors.contact_name?.message}
          {...register('contact_name')}
        />
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            label={text.phone}
            optional
            type="tel"
            autoComplete="off"
            error={errors.contact_phone?.message}
            {...register('contact_phone')}
          />
          <TextField
            label={text.email}
            optional
            type="email"
            autoComplete="off"
            error={errors.contact_email?.message}
            {...register('contact_email')}
          />
        </div>
        <TextField
          label={text.project}
          optional
          hint={text.projectHint}
          error={errors.project_type?.message}
          {...register('project_type')}
        />
        <div className="grid grid-cols-[1fr_7rem] items-start gap-3">
          <TextField
            label={text.value}
            optional
            inputMode="decimal"
            placeholder="1,500.00"
            autoComplete="off"
            error={errors.value?.message}
            {...register('value')}
          />
          <SelectField label={text.currency} {...register('currency')}>
            {CURRENCIES.map((currency) => (
              <option key={currency}>{currency}</option>
            ))}
          </SelectField>
        </div>
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            label={text.nextAction}
            optional
            error={errors.next_action?.message}
            {...register('next_action')}
          />
          <TextField
            label={text.nextActionDate}
            optional
            type="date"
            error={errors.next_action_date?.message}
            {...register('next_action_date')}
          />
        </div>
        <TextArea label={text.notes} optional error={errors.notes?.message} {...register('notes')} />
      </form>
    </Sheet>
  );
}
