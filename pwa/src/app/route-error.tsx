import type { ErrorComponentProps } from '@tanstack/react-router';
import { errorText } from '@/lib/errors';
import { buttonClass } from '@/ui/button';
import { text } from './messages';

/** Shown when a page cannot be built at all. Plain, because it is part of what loads first. */
export function RouteError({ error, reset }: ErrorComponentProps) {
  return (
    <main className="mx-auto grid min-h-[60dvh] w-full max-w-md content-center gap-4 p-4 text-center">
      <h1 className="text-base">
        <span role="alert">{errorText(error)}</span>
      </h1>
      <button type="button" className={buttonClass({ variant: 'primary' })} onClick={reset}>
        {text.tryAgain}
      </button>
    </main>
  );
}
