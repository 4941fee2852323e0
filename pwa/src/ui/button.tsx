import type { ComponentProps } from 'react';
import { cn } from '@/lib/cn';

const VARIANTS = {
  primary: 'bg-accent text-white hover:bg-accent-hover',
  plain: 'bg-raised text-text hover:bg-line',
  quiet: 'text-accent-text hover:bg-raised',
  danger: 'bg-bad-soft text-bad hover:brightness-110',
} as const;

interface Look {
  variant?: keyof typeof VARIANTS;
  wide?: boolean;
}

/** The classes of a button, for links that look like one. */
export function buttonClass({ variant = 'plain', wide = false }: Look = {}): string {
  return cn(
    'inline-flex min-h-11 min-w-11 items-center justify-center gap-2 rounded-xl px-4 py-2 text-[15px] font-semibold transition-colors',
    'disabled:opacity-60 aria-disabled:opacity-60',
    VARIANTS[variant],
    wide && 'w-full',
  );
}

interface ButtonProps extends ComponentProps<'button'>, Look {
  /** Work is under way: the button does nothing and says so. It keeps the focus, which a disabled one would lose. */
  busy?: boolean;
}

export function Button({
  variant,
  wide,
  busy = false,
  className,
  children,
  type = 'button',
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      // Also what Enter in a field of its form does: a press that is prevented submits nothing.
      onClick={busy ? (event) => event.preventDefault() : onClick}
      aria-disabled={busy || undefined}
      aria-busy={busy || undefined}
      className={cn(buttonClass({ ...(variant && { variant }), ...(wide && { wide }) }), className)}
    >
      {busy && (
        <span aria-hidden className="size-4 animate-spin rounded-full border-2 border-current border-r-transparent" />
      )}
      {children}
    </button>
  );
}

interface IconButtonProps extends ComponentProps<'button'> {
  label: string;
}

/** A button that shows only an icon; `label` is its name for assistive technology. */
export function IconButton({ label, className, children, type = 'button', ...rest }: IconButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      aria-label={label}
      title={label}
      className={cn(
        'inline-grid size-11 shrink-0 place-items-center rounded-xl text-soft hover:bg-raised hover:text-text',
        className,
      )}
    >
      {children}
    </button>
  );
}
