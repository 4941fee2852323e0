import { standardSchemaResolver } from '@hookform/resolvers/standard-schema';
import { MailCheck } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useForm } from 'react-hook-form';
import { errorText } from '@/lib/errors';
import { Button } from '@/ui/button';
import { CodeField } from '@/ui/field';
import { Note, Problem } from '@/ui/states';
import { text } from '../messages';
import { codeSchema } from '../model';
import { confirmByCode, resendConfirmation } from '../ops';
import { AuthPage } from './auth-page';

/** So long a person waits before asking for another mail. */
const PAUSE = 60;

interface Props {
  email: string;
  onConfirmed: () => void;
}

/** After signing up: a link and a code are in the mail. */
export function CheckMail({ email, onConfirmed }: Props) {
  return (
    <AuthPage title={text.checkMail}>
      <MailCheck aria-hidden className="size-12 text-good" />
      <p role="status">{text.checkMailBody(email)}</p>
      <MailCodeForm email={email} onConfirmed={onConfirmed} />
      <Resend email={email} />
    </AuthPage>
  );
}

function MailCodeForm({ email, onConfirmed }: Props) {
  const { register, handleSubmit, formState, setError, resetField } = useForm<{ code: string }>({
    resolver: standardSchemaResolver(codeSchema),
    defaultValues: { code: '' },
  });
  const { errors, isSubmitting } = formState;
  const submit = handleSubmit(async ({ code }) => {
    try {
      await confirmByCode(email, code);
      onConfirmed();
    } catch (error) {
      resetField('code');
      setError('root', { message: errorText(error) });
    }
  });
  return (
    <form noValidate onSubmit={submit} className="grid gap-3">
      {errors.root?.message !== undefined && <Problem>{errors.root.message}</Problem>}
      <CodeField label={text.mailCode} error={errors.code?.message} {...register('code')} />
      <Button type="submit" variant="primary" wide busy={isSubmitting}>
        {text.confirm}
      </Button>
    </form>
  );
}

function Resend({ email }: { email: string }) {
  const [wait, setWait] = useState(PAUSE);
  const [busy, setBusy] = useState(false);
  const [resent, setResent] = useState(false);
  const [problem, setProblem] = useState<string>();

  useEffect(() => {
    if (wait === 0) return undefined;
    const timer = setTimeout(() => setWait(wait - 1), 1000);
    return () => clearTimeout(timer);
  }, [wait]);

  const resend = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      await resendConfirmation(email);
      setResent(true);
      setWait(PAUSE);
    } catch (error) {
      setProblem(errorText(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <>
      {resent && <Note tone="good">{text.resent}</Note>}
      {problem !== undefined && <Problem>{problem}</Problem>}
      <Button onClick={resend} busy={busy} disabled={wait > 0}>
        {wait > 0 ? text.resendIn(wait) : text.resend}
      </Button>
    </>
  );
}
