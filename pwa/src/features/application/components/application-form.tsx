import { standardSchemaResolver } from '@hookform/resolvers/standard-schema';
import { useQuery } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { errorText } from '@/lib/errors';
import { showToast } from '@/lib/toast';
import { Button } from '@/ui/button';
import { SelectField, TextArea, TextField } from '@/ui/field';
import { ErrorState, Problem } from '@/ui/states';
import { text } from '../messages';
import { applicationSchema, type ApplicationInput } from '../model';
import { submitApplication } from '../ops';
import { countriesQuery } from '../queries';

export function ApplicationForm({ onSent }: { onSent: () => Promise<void> }) {
  const { register, handleSubmit, formState, setError } = useForm<ApplicationInput>({
    resolver: standardSchemaResolver(applicationSchema),
    // `false` is what an empty box is; the schema lets only `true` through.
    defaultValues: { name: '', phone: '', country: '', motivation: '', accept_terms: false as true },
  });
  const { errors, isSubmitting } = formState;
  const countries = useQuery(countriesQuery);
  const submit = handleSubmit(async (values) => {
    try {
      await submitApplication(values);
      showToast(text.sent, { tone: 'good' });
      await onSent();
    } catch (error) {
      setError('root', { message: errorText(error) });
    }
  });
  if (countries.isError && countries.data === undefined)
    return <ErrorState error={countries.error} onRetry={() => void countries.refetch()} />;
  return (
    <form noValidate onSubmit={submit} className="grid gap-4">
      <p className="text-[15px] text-soft">{text.formIntro}</p>
      {errors.root?.message !== undefined && <Problem>{errors.root.message}</Problem>}
      <TextField label={text.name} autoComplete="name" error={errors.name?.message} {...register('name')} />
      <TextField
        label={text.phone}
        type="tel"
        autoComplete="tel"
        hint={text.phoneHint}
        error={errors.phone?.message}
        {...register('phone')}
      />
      <SelectField
        label={text.country}
        autoComplete="country"
        hint={text.countryHint}
        error={errors.country?.message}
        {...register('country')}
      >
        <option value="">{countries.isPending ? text.countriesComing : text.chooseCountry}</option>
        {countries.data?.map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </SelectField>
      <TextArea
        label={text.motivation}
        hint={text.motivationHint}
        rows={5}
        error={errors.motivation?.message}
        {...register('motivation')}
      />
      <div className="grid gap-1.5">
        <label className="flex min-h-11 items-start gap-3 py-2 text-[15px]">
          <input
            type="checkbox"
            className="mt-0.5 size-6 shrink-0 accent-accent"
            aria-invalid={errors.accept_terms !== undefined || undefined}
            aria-describedby={errors.accept_terms === undefined ? undefined : 'terms-error'}
            {...register('accept_terms')}
          />
          {text.terms}
        </label>
        {errors.accept_terms?.message !== undefined && (
          <p id="terms-error" className="text-sm font-medium text-bad">
            {errors.accept_terms.message}
          </p>
        )}
      </div>
      <Button type="submit" variant="primary" wide busy={isSubmitting}>
        {text.send}
      </Button>
    </form>
  );
}
