import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { errorText } from '@/lib/errors';
import { buttonClass } from '@/ui/button';
import { Skeletons } from '@/ui/skeletons';
import { Problem } from '@/ui/states';
import { text } from '../messages';
import { finishMailLink } from '../ops';
import { AuthPage } from './auth-page';

/** The page that a link in a mail opens: finishes it and goes on, or says why it does not work. */
export function MailLink({ onDone }: { onDone: () => void }) {
  const [problem, setProblem] = useState<string>();
  const started = useRef(false);

  useEffect(() => {
    // A link works once: never send it twice (development runs effects twice).
    if (started.current) return;
    started.current = true;
    finishMailLink(new URLSearchParams(location.search))
      .then((signedIn) => (signedIn ? onDone() : setProblem(text.confirmFailedBody)))
      .catch((error: unknown) => setProblem(errorText(error)));
  }, [onDone]);

  if (problem === undefined) {
    return (
      <AuthPage title={text.confirming}>
        <Skeletons label={text.confirming} heights={['h-11', 'h-11']} />
      </AuthPage>
    );
  }
  return (
    <AuthPage title={text.confirmFailed}>
      <Problem>{problem}</Problem>
      <Link to="/sign-in" className={buttonClass({ variant: 'primary', wide: true })}>
        {text.signIn}
      </Link>
    </AuthPage>
  );
}
