import { useEffect, useRef, useState } from 'react';
import { formatMoney } from '@/lib/money';

const DURATION = 700;

/** Runs from the old number to the new one; jumps when the person wants less motion. */
function useCounted(value: number): number {
  const [shown, setShown] = useState(value);
  const from = useRef(value);
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  useEffect(() => {
    const start = from.current;
    if (start === value || still) {
      from.current = value;
      return undefined;
    }
    const began = performance.now();
    let frame = 0;
    const step = (now: number) => {
      const progress = Math.min(1, (now - began) / DURATION);
      const eased = 1 - (1 - progress) ** 3;
      // Only the picture in between is rounded; the last frame is the amount itself.
      const current = progress === 1 ? value : Math.round(start + (value - start) * eased);
      from.current = current;
      setShown(current);
      if (progress < 1) frame = requestAnimationFrame(step);
    };
    frame = requestAnimationFrame(step);
    return () => cancelAnimationFrame(frame);
  }, [value, still]);
  return still ? value : shown;
}

interface CounterProps {
  amount: number;
  currency: string;
  /** What the amount is, for assistive technology. */
  label: string;
  className?: string;
}

/** An amount that counts to its new value. Screen readers hear the final amount once. */
export function MoneyCounter({ amount, currency, label, className }: CounterProps) {
  const shown = useCounted(amount);
  return (
    <span className={className}>
      <span aria-hidden className="tabular-nums">
        {formatMoney(shown, currency)}
      </span>
      <span role="status" aria-label={label} className="sr-only">
        {formatMoney(amount, currency)}
      </span>
    </span>
  );
}
