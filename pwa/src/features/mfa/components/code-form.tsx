import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { errorText } from '@/lib/errors';
import { Button } from '@/ui/button';
import { CodeField } from '@/ui/field';
import { Problem } from '@/ui/states';
import { text } from '../messages';
import { verifyFactor } from '../ops';

interface Props {
  factorId: string;
  label: string;
  /** The code is all that is asked for: it can be typed at once. */
  takesFocus?: boolean;
  onVerified: () => void;
}

/** Six digits for one factor. */
export function CodeForm({ factorId, label, takesFocus = false, onVerified }: Props) {
  const field = useRef<HTMLInputElement>(null);
  const [code, setCode] = useState('');
  const [wrong, setWrong] = useState(false);
  const digits = code.replaceAll(' ', '');
  const verify = useMutation({
    mutationFn: () => verifyFactor(factorId, digits),
    onSuccess: onVerified,
    onError: () => {
      setCode('');
      field.current?.focus();
    },
  });
  // The form may come later than its sheet: the factor is looked up first.
  useEffect(() => {
    if (takesFocus) field.current?.focus();
  }, [takesFocus]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const complete = /^\d{6}$/.test(digits);
    setWrong(!complete);
    if (complete) verify.mutate();
  };
  return (
    <form noValidate onSubmit={submit} className="grid gap-4">
      {verify.isError && <Problem>{errorText(verify.error)}</Problem>}
      <CodeField
        label={text.codeField}
        ref={field}
        value={code}
        error={wrong ? text.codeWrong : undefined}
        onChange={(event) => setCode(event.target.value)}
      />
      <Button type="submit" variant="primary" wide busy={verify.isPending}>
        {label}
      </Button>
    </form>
  );
}
