import { standardSchemaResolver } from '@hookform/resolvers/standard-schema';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ShieldCheck } from 'lucide-react';
import { useId, useState } from 'react';
import { useForm, useWatch } from 'react-hook-form';
import { errorText } from '@/lib/errors';
import { CURRENCIES, formatMoney, formatRate, parseMoney, shareOf } from '@/lib/money';
import { tierQuery } from '@/lib/tier';
import { showToast } from '@/lib/toast';
import { uuidv7 } from '@/lib/uuid';
import { Button } from '@/ui/button';
import { SelectField, TextField } from '@/ui/field';
import { Sheet } from '@/ui/sheet';
import { Problem } from '@/ui/states';
import { text } from '../messages';
import { toForm, winSchema, type Lead, type WinForm } from '../model';
import { claimWin } from '../ops';
import { leadKeys } from '../queries';

interface Props {
  lead: Lead;
  onClose: () => void;
}

/** Claims a win. What it will earn is an estimate here; the server decides and staff verify. */
export function WinSheet({ lead, onClose }: Props) {
  const client = useQueryClient();
  const formId = useId();
  const [requestId] = useState(() => uuidv7());
  const tier = useQuery(tierQuery);
  const { value: startValue, currency: startCurrency } = toForm(lead);
  const { register, handleSubmit, formState, setError, control } = useForm<WinForm>({
    resolver: standardSchemaResolver(winSchema),
    defaultValues: { value: startValue, currency: startCurrency },
  });
  const { errors, isSubmitting } = formState;
  const [value, currency] = useWatch({ control, name: ['value', 'currency'] });
  const minor = parseMoney(value, currency);

  const submit = handleSubmit(async (form) => {
    try {
      const claim = await claimWin(lead.id, parseMoney(form.value, form.currency) ?? 0, form.currency, requestId);
      await Promise.all(
        ['leads', 'earnings', 'tier'].map((key) => client.invalidateQueries({ queryKey: [key], refetchType: 'none' })),
      );
      void client.invalidateQueries({ queryKey: leadKeys.all });
      onClose();
      showToast(text.wonDone(claim.reference, formatMoney(claim.estimated_commission, claim.currency)), {
        tone: 'good',
      });
    } catch (error) {
      setError('root', { message: errorText(error) });
    }
  });

  return (
    <Sheet
      title={text.wonTitle}
      onClose={onClose}
      footer={
        <Button type="submit" form={formId} variant="primary" wide busy={isSubmitting}>
          {text.wonSend}
        </Button>
      }
    >
      <form id={formId} noValidate onSubmit={submit} className="grid gap-4">
        <p className="font-semibold">{lead.company_name}</p>
        {errors.root?.message !== undefined && <Problem>{errors.root.message}</Problem>}
        <div className="grid grid-cols-[1fr_7rem] items-start gap-3">
          <TextField
            data-autofocus
            label={text.wonValue}
            hint={text.wonValueHint}
            inputMode="decimal"
            placeholder="1,500.00"
            autoComplete="off"
            error={errors.value?.message}
            {...register('value')}
          />
          <SelectField label={text.currency} {...register('currency')}>
            {CURRENCIES.map((code) => (
              <option key={code}>{code}</option>
            ))}
          </SelectField>
        </div>
        {tier.data !== undefined && (
          <div className="grid gap-2 rounded-xl bg-raised p-4 text-[15px]">
            <p className="flex items-baseline justify-between gap-3">
              <span className="text-soft">{text.wonEstimate}</span>
              <span className="text-xl font-bold whitespace-nowrap text-good tabular-nums">
                {minor === null ? '–' : formatMoney(shareOf(minor, tier.data.commission_rate), currency)}
              </span>
            </p>
            <p className="text-soft">{text.wonRate(formatRate(tier.data.commission_rate), tier.data.label)}</p>
          </div>
        )}
        <p className="flex gap-2 text-sm text-soft">
          <ShieldCheck aria-hidden className="size-5 shrink-0" /> {text.wonVerify}
        </p>
      </form>
    </Sheet>
  );
}
