import { standardSchemaResolver } from '@hookform/resolvers/standard-schema';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { errorText } from '@/lib/errors';
import { Button } from '@/ui/button';
import { TextField } from '@/ui/field';
import { Problem } from '@/ui/states';
import { text } from '../messages';
import { signUpSchema, type SignUp } from '../model';
import { signUp } from '../ops';
import { AuthPage } from './auth-page';
import { CheckMail } from './check-mail';

export function SignUpForm({ onDone }: { onDone: () => void }) {
  const [sentTo, setSentTo] = useState<string>();
  const { register, handleSubmit, formState, setError } = useForm<SignUp>({
    resolver: standardSchemaResolver(signUpSchema),
  });
  const { errors, isSubmitting } = formState;
  const submit = handleSubmit(async (values) => {
    try {
      if (await signUp(values)) onDone();
      else setSentTo(values.email);
    } catch (error) {
      setError('root', { message: errorText(error) });
    }
  });
  if (sentTo !== undefined) return <CheckMail email={sentTo} onConfirmed={onDone} />;
  return (
    <AuthPage
      title={text.signUpTitle}
      intro={text.signUpIntro}
      footer={
        <>
          {text.haveAccount}{' '}
          <Link to="/sign-in" className="link inline-block py-2.5 font-semibold">
            {text.signIn}
          </Link>
        </>
      }
    >
      <form noValidate onSubmit={submit} className="grid gap-4">
        {errors.root?.message !== undefined && <Problem>{errors.root.message}</Problem>}
        <TextField label={text.name} autoComplete="name" error={errors.name?.message} {...register('name')} />
        <TextField
          label={text.email}
          type="email"
          autoComplete="email"
          inputMode="email"
          error={errors.email?.message}
          {...register('email')}
        />
        <TextField
          label={text.password}
          type="password"
          autoComplete="new-password"
          hint={text.passwordHint}
          error={errors.password?.message}
          {...register('password')}
        />
        <Button type="submit" variant="primary" wide busy={isSubmitting}>
          {text.signUp}
        </Button>
      </form>
    </AuthPage>
  );
}
