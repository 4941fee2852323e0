import { MailCheck } from 'lucide-react';
import { useEffect, useState } from 'react';
import { errorText } from '@/lib/errors';
import { Button } from '@/ui/button';
import { Note, Problem } from '@/ui/states';
import { text } from '../messages';
import { resendConfirmation } from '../ops';
import { AuthPage } from './auth-page';

/** The auth server sends one mail a minute at most. */
const PAUSE = 60;

export function CheckMail({ email }: { email: string }) {
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
    <AuthPage title={text.checkMail}>
      <MailCheck aria-hidden className="size-12 text-good" />
      <p role="status">{text.checkMailBody(email)}</p>
      {resent && <Note tone="good">{text.resent}</Note>}
      {problem !== undefined && <Problem>{problem}</Problem>}
      <Button onClick={resend} busy={busy} disabled={wait > 0}>
        {wait > 0 ? text.resendIn(wait) : text.resend}
      </Button>
    </AuthPage>
  );
}
