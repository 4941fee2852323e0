import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useCallback, useRef, useState, type ReactNode } from 'react';
import { StepUpContext, type StepUp } from '@/lib/step-up';
import { buttonClass } from '@/ui/button';
import { Sheet } from '@/ui/sheet';
import { Skeletons } from '@/ui/skeletons';
import { ErrorState, Note } from '@/ui/states';
import { text } from '../messages';
import { findFactor } from '../ops';
import { CodeForm } from './code-form';

/** Lets any action ask for a fresh second factor: one sheet for the whole app. */
export function StepUpProvider({ children }: { children: ReactNode }) {
  const [open, setOpen] = useState(false);
  const settle = useRef<(done: boolean) => void>(undefined);

  const stepUp = useCallback<StepUp>(
    () =>
      new Promise<boolean>((resolve) => {
        settle.current?.(false);
        settle.current = resolve;
        setOpen(true);
      }),
    [],
  );
  const finish = (done: boolean) => {
    setOpen(false);
    settle.current?.(done);
    settle.current = undefined;
  };

  return (
    <StepUpContext value={stepUp}>
      {children}
      {open && <StepUpSheet onFinish={finish} />}
    </StepUpContext>
  );
}

function StepUpSheet({ onFinish }: { onFinish: (done: boolean) => void }) {
  const factor = useQuery({ queryKey: ['mfa', 'factor'], queryFn: findFactor, staleTime: 0 });
  return (
    <Sheet title={text.stepUpTitle} onClose={() => onFinish(false)}>
      {factor.isPending && <Skeletons label={text.loading} heights={['h-12', 'h-11']} />}
      {factor.isError && <ErrorState error={factor.error} onRetry={() => void factor.refetch()} />}
      {factor.data === null && (
        <div className="grid gap-4">
          <Note tone="warn">{text.notEnrolled}</Note>
          <Link
            to="/partner/settings"
            hash="security"
            className={buttonClass({ variant: 'primary', wide: true })}
            onClick={() => onFinish(false)}
          >
            {text.setUp}
          </Link>
        </div>
      )}
      {factor.data != null && (
        <div className="grid gap-4">
          <p className="text-[15px] text-soft">{text.stepUpBody}</p>
          <CodeForm factorId={factor.data.id} label={text.confirm} takesFocus onVerified={() => onFinish(true)} />
        </div>
      )}
    </Sheet>
  );
}
