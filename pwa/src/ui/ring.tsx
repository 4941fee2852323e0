import type { ReactNode } from 'react';

const RADIUS = 42;
const LENGTH = 2 * Math.PI * RADIUS;

/** A progress ring. `percent` is 0 … 100; `label` says in words what is measured. */
export function Ring({ percent, label, children }: { percent: number; label: string; children: ReactNode }) {
  const clamped = Math.min(100, Math.max(0, percent));
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={clamped}
      className="relative grid size-24 shrink-0 place-items-center"
    >
      <svg aria-hidden viewBox="0 0 100 100" className="absolute inset-0 -rotate-90">
        <circle cx="50" cy="50" r={RADIUS} fill="none" strokeWidth="9" className="stroke-raised" />
        <circle
          cx="50"
          cy="50"
          r={RADIUS}
          fill="none"
          strokeWidth="9"
          strokeLinecap="round"
          strokeDasharray={LENGTH}
          strokeDashoffset={LENGTH * (1 - clamped / 100)}
          className="stroke-accent-text transition-[stroke-dashoffset] duration-700"
        />
      </svg>
      {children}
    </div>
  );
}
