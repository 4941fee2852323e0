import type { ErrorComponentProps } from '@tanstack/react-router';
import { errorText } from '@/lib/errors';
import { buttonClass } from '@/ui/button';
import { text } from './messages';

/** Shown when a page cannot be built at all. Plain, because it is part of what loads first. */
export function RouteError({ error, reset }: ErrorComponentProps) {
  return (
    <div role="alert" className="mx-auto grid min-h-[60dvh] w-full max-w-md content-center gap-4 p-4 text-center">
      <p>{errorText(error)}</p>
      <button type="button" className={buttonClass({ variant: 'primary' })} onClick={reset}>
        {text.tryAgain}
      </button>
    </div>
  );
}
