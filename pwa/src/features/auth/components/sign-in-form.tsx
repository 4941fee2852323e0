import { standardSchemaResolver } from '@hookform/resolvers/standard-schema';
import { Link } from '@tanstack/react-router';
import { useForm } from 'react-hook-form';
import { errorText } from '@/lib/errors';
import { Button } from '@/ui/button';
import { TextField } from '@/ui/field';
import { Problem } from '@/ui/states';
import { text } from '../messages';
import { signInSchema, type SignIn } from '../model';
import { signIn } from '../ops';
import { AuthPage } from './auth-page';

export function SignInForm({ onDone }: { onDone: () => void }) {
  const { register, handleSubmit, formState, setError } = useForm<SignIn>({
    resolver: standardSchemaResolver(signInSchema),
  });
  const { errors, isSubmitting } = formState;
  const submit = handleSubmit(async (values) => {
    try {
      await signIn(values);
      onDone();
    } catch (error) {
      setError('root', { message: errorText(error) });
    }
  });
  return (
    <AuthPage
      title={text.signInTitle}
      footer={
        <>
          {text.noAccount}{' '}
          <Link to="/sign-up" className="link inline-block py-2.5 font-semibold">
            {text.signUp}
          </Link>
        </>
      }
    >
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
        <TextField
          label={text.password}
          type="password"
          autoComplete="current-password"
          error={errors.password?.message}
          {...register('password')}
        />
        <Button type="submit" variant="primary" wide busy={isSubmitting}>
          {text.signIn}
        </Button>
        <Link to="/forgot-password" className="link justify-self-center py-2.5 text-[15px]">
          {text.forgot}
        </Link>
      </form>
    </AuthPage>
  );
}
