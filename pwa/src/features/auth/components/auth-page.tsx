import type { ReactNode } from 'react';
import { text } from '../messages';

/** The frame of all pages before the app: sign, title, one card. */
export function AuthPage({
  title,
  intro,
  children,
  footer,
}: {
  title: string;
  intro?: string;
  children: ReactNode;
  footer?: ReactNode;
}) {
  return (
    <main className="mx-auto grid min-h-dvh w-full max-w-md content-center gap-6 px-4 py-8">
      <div className="flex items-center gap-3">
        <img src="/icon.svg" alt="" width="44" height="44" className="rounded-xl" />
        <div>
          <p className="text-lg font-bold">{text.brand}</p>
          <p className="text-sm text-soft">{text.claim}</p>
        </div>
      </div>
      <section className="card grid gap-5 p-5 sm:p-7">
        <div>
          <h1 className="text-2xl font-bold">{title}</h1>
          {intro !== undefined && <p className="mt-1.5 text-[15px] text-soft">{intro}</p>}
        </div>
        {children}
      </section>
      {footer !== undefined && <div className="text-center text-[15px] text-soft">{footer}</div>}
    </main>
  );
}
