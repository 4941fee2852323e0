import { useState, type FormEvent } from 'react';
import { askText, LEAST, useAskSupport } from '@/lib/ask-support';
import { errorText } from '@/lib/errors';
import { useOnline } from '@/lib/online';
import { Button } from '@/ui/button';
import { TextArea } from '@/ui/field';
import { Sheet } from '@/ui/sheet';
import { Problem } from '@/ui/states';

/** A question to support about money; what stands in the way is its subject. */
export default function SupportSheet({ about, onClose }: { about: string; onClose: () => void }) {
  const online = useOnline();
  const [question, setQuestion] = useState('');
  const [short, setShort] = useState(false);
  const ask = useAskSupport(onClose);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const enough = question.trim().length >= LEAST.question;
    setShort(!enough);
    if (enough) ask.mutate({ subject: about, category: 'money', description: question.trim() });
  };
  return (
    <Sheet title={askText.title} onClose={onClose}>
      <form noValidate onSubmit={submit} className="grid gap-4">
        <p className="text-[15px] text-soft">{about}</p>
        {ask.isError && <Problem>{errorText(ask.error)}</Problem>}
        <TextArea
          data-autofocus
          rows={4}
          maxLength={10_000}
          label={askText.question}
          value={question}
          error={short ? askText.questionShort : undefined}
          onChange={(event) => setQuestion(event.target.value)}
        />
        <Button type="submit" variant="primary" wide busy={ask.isPending} disabled={!online}>
          {askText.submit}
        </Button>
      </form>
    </Sheet>
  );
}
