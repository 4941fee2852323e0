import { useState } from 'react';
import type { Account } from '@/lib/account';
import { Button } from '@/ui/button';
import { text } from '../messages';
import { ApplicationForm } from './application-form';
import { ApplicationRejected, ApplicationWaiting } from './application-status';

interface Props {
  account: Account;
  onSent: () => Promise<void>;
  onSignOut: () => void;
}

/** Everything between an account and the partner area: form, waiting, refusal. */
export function ApplicationPage({ account, onSent, onSignOut }: Props) {
  const [again, setAgain] = useState(false);
  const { application } = account;
  const status = application?.status;
  const waiting = status === 'submitted' || status === 'in_review' || status === 'approved';
  const refused = (status === 'rejected' || status === 'withdrawn') && !again;

  let title: string = text.formTitle;
  if (account.state === 'staff') title = text.staffTitle;
  else if (waiting) title = text.waitingTitle;
  else if (refused) title = status === 'rejected' ? text.rejectedTitle : text.withdrawnTitle;

  return (
    <main className="mx-auto grid min-h-dvh w-full max-w-lg content-center gap-4 px-4 py-8">
      <section className="card grid gap-5 p-5 sm:p-7">
        <img src="/icon.svg" alt="" width="44" height="44" className="rounded-xl" />
        <h1 className="text-2xl font-bold">{title}</h1>
        {account.state === 'staff' && <p className="text-[15px] text-soft">{text.staffBody}</p>}
        {account.state !== 'staff' && waiting && application !== null && (
          <ApplicationWaiting application={application} />
        )}
        {account.state !== 'staff' && refused && application !== null && (
          <>
            <ApplicationRejected application={application} />
            <Button onClick={() => setAgain(true)}>{text.again}</Button>
          </>
        )}
        {account.state !== 'staff' && !waiting && !refused && (
          <ApplicationForm
            onSent={async () => {
              await onSent();
              setAgain(false);
            }}
          />
        )}
      </section>
      <Button variant="quiet" onClick={onSignOut}>
        {text.signOut}
      </Button>
    </main>
  );
}
