import { standardSchemaResolver } from '@hookform/resolvers/standard-schema';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { errorText } from '@/lib/errors';
import { showToast } from '@/lib/toast';
import { Button } from '@/ui/button';
import { TextField } from '@/ui/field';
import { Note, Problem } from '@/ui/states';
import { text } from '../messages';
import { emailSchema, newPasswordSchema } from '../model';
import { saveNewPassword, sendRecovery } from '../ops';
import { AuthPage } from './auth-page';

const back = (
  <Link to="/sign-in" className="link inline-block py-2.5 font-semibold">
    {text.backToSignIn}
  </Link>
);

/** Asks for a link to set a new password. Says the same whether there is an account or not. */
export function ForgotPasswordForm() {
  const [sentTo, setSentTo] = useState<string>();
  const { register, handleSubmit, formState, setError } = useForm<{ email: string }>({
    resolver: standardSchemaResolver(emailSchema),
    defaultValues: { email: '' },
  });
  const { errors, isSubmitting } = formState;
  const submit = handleSubmit(async ({ email }) => {
    try {
      await sendRecovery(email);
      setSentTo(email);
    } catch (error) {
      setError('root', { message: errorText(error) });
    }
  });
  return (
    <AuthPage title={text.forgotTitle} intro={text.forgotIntro} footer={back}>
      {sentTo === undefined ? (
        <form noValidate onSubmit={submit} className="grid gap-4">
          {errors.root?.message !== undefined && <Problem>{errors.root.message}</Problem>}
          <TextField
            label={text.email}
            type="email"
            autoComplete="username"
            inputMode="email"
            error={errors.email?.message}
            {...register('email')}
          />
          <Button type="submit" variant="primary" wide busy={isSubmitting}>
            {text.sendLink}
          </Button>
        </form>
      ) : (
        <div role="status">
          <Note tone="good">{text.forgotDone(sentTo)}</Note>
        </div>
      )}
    </AuthPage>
  );
}

/** Sets a new password for the session that the link has opened. */
export function NewPasswordForm({ onDone }: { onDone: () => void }) {
  const { register, handleSubmit, formState, setError } = useForm<{ password: string }>({
    resolver: standardSchemaResolver(newPasswordSchema),
    defaultValues: { password: '' },
  });
  const { errors, isSubmitting } = formState;
  const submit = handleSubmit(async ({ password }) => {
    try {
      await saveNewPassword(password);
      showToast(text.passwordSaved, { tone: 'good' });
      onDone();
    } catch (error) {
      setError('root', { message: errorText(error) });
    }
  });
  return (
    <AuthPage title={text.resetTitle} footer={back}>
      <form noValidate onSubmit={submit} className="grid gap-4">
        {errors.root?.message !== undefined && <Problem>{errors.root.message}</Problem>}
        <TextField
          label={text.newPassword}
          type="password"
          autoComplete="new-password"
          hint={text.passwordHint}
          error={errors.password?.message}
          {...register('password')}
        />
        <Button type="submit" variant="primary" wide busy={isSubmitting}>
          {text.savePassword}
        </Button>
      </form>
    </AuthPage>
  );
}
