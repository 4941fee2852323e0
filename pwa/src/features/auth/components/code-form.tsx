import { standardSchemaResolver } from '@hookform/resolvers/standard-schema';
import { useForm } from 'react-hook-form';
import { errorText } from '@/lib/errors';
import { Button } from '@/ui/button';
import { CodeField } from '@/ui/field';
import { Problem } from '@/ui/states';
import { text } from '../messages';
import { codeSchema } from '../model';
import { verifyCode } from '../ops';
import { AuthPage } from './auth-page';

/** The second factor after the password. */
export function CodeForm({ onDone, onSignOut }: { onDone: () => void; onSignOut: () => void }) {
  const { register, handleSubmit, formState, setError, resetField } = useForm<{ code: string }>({
    resolver: standardSchemaResolver(codeSchema),
    defaultValues: { code: '' },
  });
  const { errors, isSubmitting } = formState;
  const submit = handleSubmit(async ({ code }) => {
    try {
      await verifyCode(code);
      onDone();
    } catch (error) {
      resetField('code');
      setError('root', { message: errorText(error) });
    }
  });
  return (
    <AuthPage title={text.codeTitle} intro={text.codeIntro}>
      <form noValidate onSubmit={submit} className="grid gap-4">
        {errors.root?.message !== undefined && <Problem>{errors.root.message}</Problem>}
        <CodeField label={text.codeField} error={errors.code?.message} {...register('code')} />
        <Button type="submit" variant="primary" wide busy={isSubmitting}>
          {text.verify}
        </Button>
        <Button variant="quiet" onClick={onSignOut}>
          {text.otherAccount}
        </Button>
      </form>
    </AuthPage>
  );
}
