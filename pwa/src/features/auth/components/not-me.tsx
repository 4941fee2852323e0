import { useState } from 'react';
import { errorText } from '@/lib/errors';
import { Button } from '@/ui/button';
import { Note, Problem } from '@/ui/states';
import { text } from '../messages';
import { reportNotMe } from '../ops';
import { AuthPage } from './auth-page';

/**
 * The page behind the link of a security mail. Opening it does nothing (mail programs open links by themselves); the
 * button freezes payouts and ends all sessions. It says the same whether the link was good or not.
 */
export function NotMe() {
  const [state, setState] = useState<'asking' | 'busy' | 'done'>('asking');
  const [problem, setProblem] = useState<string>();
  const report = async () => {
    setState('busy');
    setProblem(undefined);
    try {
      await reportNotMe(location.hash.slice(1));
      setState('done');
    } catch (error) {
      setProblem(errorText(error));
      setState('asking');
    }
  };
  return (
    <AuthPage title={text.notMeTitle} intro={text.notMeIntro}>
      {problem !== undefined && <Problem>{problem}</Problem>}
      {state === 'done' ? (
        <div role="status">
          <Note tone="good">{text.notMeDone}</Note>
        </div>
      ) : (
        <Button variant="primary" wide busy={state === 'busy'} onClick={() => void report()}>
          {text.notMe}
        </Button>
      )}
    </AuthPage>
  );
}
