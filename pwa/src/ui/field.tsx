import { useId, type ComponentProps, type ReactNode } from 'react';
import { cn } from '@/lib/cn';

interface FieldFrameProps {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  optional?: boolean;
}

const CONTROL =
  'min-h-11 w-full rounded-xl border border-edge/70 bg-canvas px-3.5 py-2.5 text-base text-text placeholder:text-soft/80 aria-invalid:border-bad';

function Frame({ id, label, hint, error, optional, children }: FieldFrameProps & { id: string; children: ReactNode }) {
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="text-sm font-semibold">
        {label}
        {optional === true && <span className="font-normal text-soft"> (optional)</span>}
      </label>
      {children}
      {error === undefined && hint !== undefined && (
        <p id={`${id}-hint`} className="text-sm text-soft">
          {hint}
        </p>
      )}
      {error !== undefined && (
        <p id={`${id}-error`} className="text-sm font-medium text-bad">
          {error}
        </p>
      )}
    </div>
  );
}

function described(id: string, { hint, error }: FieldFrameProps): string | undefined {
  if (error !== undefined) return `${id}-error`;
  return hint === undefined ? undefined : `${id}-hint`;
}

/** A labelled text input. Takes everything that `<input>` takes. */
export function TextField({
  label,
  hint,
  error,
  optional,
  className,
  ...rest
}: FieldFrameProps & ComponentProps<'input'>) {
  const id = useId();
  const frame = { label, hint, error, ...(optional === undefined ? {} : { optional }) };
  return (
    <Frame id={id} {...frame}>
      <input
        {...rest}
        id={id}
        aria-invalid={error !== undefined || undefined}
        aria-describedby={described(id, frame)}
        className={cn(CONTROL, className)}
      />
    </Frame>
  );
}

export function TextArea({
  label,
  hint,
  error,
  optional,
  className,
  ...rest
}: FieldFrameProps & ComponentProps<'textarea'>) {
  const id = useId();
  const frame = { label, hint, error, ...(optional === undefined ? {} : { optional }) };
  return (
    <Frame id={id} {...frame}>
      <textarea
        rows={3}
        {...rest}
        id={id}
        aria-invalid={error !== undefined || undefined}
        aria-describedby={described(id, frame)}
        className={cn(CONTROL, 'resize-y', className)}
      />
    </Frame>
  );
}

export function SelectField({
  label,
  hint,
  error,
  optional,
  className,
  children,
  ...rest
}: FieldFrameProps & ComponentProps<'select'>) {
  const id = useId();
  const frame = { label, hint, error, ...(optional === undefined ? {} : { optional }) };
  return (
    <Frame id={id} {...frame}>
      <select
        {...rest}
        id={id}
        aria-invalid={error !== undefined || undefined}
        aria-describedby={described(id, frame)}
        className={cn(CONTROL, className)}
      >
        {children}
      </select>
    </Frame>
  );
}

/** A one-time code of six digits. */
export function CodeField({
  error,
  label,
  ...rest
}: { error?: string | undefined; label: string } & ComponentProps<'input'>) {
  return (
    <TextField
      {...rest}
      label={label}
      error={error}
      inputMode="numeric"
      autoComplete="one-time-code"
      pattern="[0-9 ]*"
      maxLength={7}
      placeholder="123456"
      className="text-center text-2xl tracking-[0.35em] tabular-nums"
    />
  );
}
