import { useMutation, useQuery } from '@tanstack/react-query';
import { Landmark } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { toAppError } from '@/lib/errors';
import { useOnline } from '@/lib/online';
import { StepUpCancelled, useStepUp, withStepUp } from '@/lib/step-up';
import { uuidv7 } from '@/lib/uuid';
import { Badge } from '@/ui/badge';
import { Button, buttonClass } from '@/ui/button';
import { Skeletons } from '@/ui/skeletons';
import { ErrorState, Note, Problem } from '@/ui/states';
import { text } from '../messages';
import { isSafeLink, refusalOf, type PayoutAccount } from '../model';
import { requestOnboardingLink } from '../ops';
import { bankPayoutsQuery, onboardingLinkQuery, payoutAccountQuery } from '../queries';

/** Where the money goes; connecting and changing happen at Stripe. */
export function AccountCard({ returned }: { returned: 'done' | 'again' | undefined }) {
  const account = useQuery(payoutAccountQuery);
  const banks = useQuery(bankPayoutsQuery);
  const refused = account.data != null && refusalOf(banks.data ?? [], account.data) !== undefined;
  return (
    <section
      id="account"
      tabIndex={-1}
      className="card grid scroll-mt-20 gap-4 p-5 outline-none"
      aria-labelledby="account-title"
    >
      <h2 id="account-title" className="flex items-center gap-2 font-bold">
        <Landmark aria-hidden className="size-5 text-accent-text" /> {text.account}
      </h2>
      {returned === 'done' && account.data?.status !== 'ready' && <Note tone="good">{text.returned}</Note>}
      {returned === 'again' && <Note tone="warn">{text.expired}</Note>}
      {account.isPending && <Skeletons label={text.loading} heights={['h-12', 'h-11']} />}
      {account.isError && account.data === undefined && (
        <ErrorState error={account.error} onRetry={() => void account.refetch()} />
      )}
      {account.data !== undefined && (
        <>
          <AccountState account={account.data} refused={refused} />
          <Connect status={account.data?.status ?? 'none'} refused={refused} />
        </>
      )}
    </section>
  );
}

function AccountState({ account, refused }: { account: PayoutAccount | null; refused: boolean }) {
  if (account === null || account.status === 'none') return <p className="text-[15px] text-soft">{text.accountNone}</p>;
  const due = account.requirements_due.length;
  return (
    <div className="grid gap-2">
      {account.destination_label !== null && (
        <p className="flex flex-wrap items-center justify-between gap-2 rounded-xl bg-raised px-4 py-3 font-semibold tabular-nums">
          {account.destination_label}
          {account.status === 'ready' && !refused && <Badge tone="good">{text.accountReady}</Badge>}
          {refused && <Badge tone="bad">{text.bankRefusedStatus}</Badge>}
        </p>
      )}
      {account.destination_label === null && account.status === 'ready' && (
        <p>
          <Badge tone="good">{text.accountReady}</Badge>
        </p>
      )}
      {refused && <Note tone="warn">{text.accountRefused}</Note>}
      {account.status === 'onboarding' && <Note tone="warn">{text.accountOnboarding}</Note>}
      {account.status === 'restricted' && <Note tone="warn">{text.accountRestricted}</Note>}
      {due > 0 && <p className="text-sm text-soft">{text.accountDue(due)}</p>}
    </div>
  );
}

/** After this long without an answer the wait is explained. */
const SLOW = 20_000;

function Connect({ status, refused }: { status: PayoutAccount['status']; refused: boolean }) {
  const online = useOnline();
  const stepUp = useStepUp();
  const requestId = useRef(uuidv7());
  const [linkId, setLinkId] = useState<string>();
  const ask = useMutation({
    mutationFn: () => withStepUp(stepUp, () => requestOnboardingLink(requestId.current)),
    onSuccess: ({ id }) => {
      requestId.current = uuidv7();
      setLinkId(id);
    },
  });
  const cancelled = ask.error instanceof StepUpCancelled;
  const change = refused ? text.bankChange : text.change;
  const label =
    status === 'none' ? text.connect : status === 'onboarding' || status === 'restricted' ? text.continue : change;
  return (
    <>
      {ask.isError && !cancelled && <Problem>{toAppError(ask.error).message}</Problem>}
      {linkId === undefined ? (
        <Button
          variant={status === 'ready' && !refused ? 'plain' : 'primary'}
          busy={ask.isPending}
          disabled={!online}
          onClick={() => ask.mutate()}
        >
          {label}
        </Button>
      ) : (
        <WaitForLink id={linkId} onFailed={() => setLinkId(undefined)} />
      )}
    </>
  );
}

function WaitForLink({ id, onFailed }: { id: string; onFailed: () => void }) {
  const link = useQuery(onboardingLinkQuery(id));
  const [slow, setSlow] = useState(false);
  const url = link.data?.url ?? null;
  const failed = link.data?.error != null || (url !== null && !isSafeLink(url));

  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), SLOW);
    return () => clearTimeout(timer);
  }, []);

  useEffect(() => {
    if (url !== null && isSafeLink(url)) location.assign(url);
  }, [url]);

  if (failed) {
    return (
      <>
        <Problem>{text.linkFailed}</Problem>
        <Button onClick={onFailed}>{text.connect}</Button>
      </>
    );
  }
  if (url !== null) {
    return (
      <a href={url} className={buttonClass({ variant: 'primary' })}>
        {text.openLink}
      </a>
    );
  }
  return (
    <div role="status" className="grid gap-3">
      <Button busy>{text.opening}</Button>
      {slow && (
        <>
          <p className="text-sm text-soft">{text.linkSlow}</p>
          <Button variant="quiet" onClick={onFailed}>
            {text.connect}
          </Button>
        </>
      )}
    </div>
  );
}
