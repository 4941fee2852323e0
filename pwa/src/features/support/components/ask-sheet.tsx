import { useState, type FormEvent } from 'react';
import { askText, LEAST, QUESTION_CATEGORIES, useAskSupport, type Question } from '@/lib/ask-support';
import { errorText } from '@/lib/errors';
import { useOnline } from '@/lib/online';
import { Button } from '@/ui/button';
import { SelectField, TextArea, TextField } from '@/ui/field';
import { Sheet } from '@/ui/sheet';
import { Problem } from '@/ui/states';
import { text } from '../messages';

export default function AskSheet({ onClose }: { onClose: () => void }) {
  const online = useOnline();
  const [subject, setSubject] = useState('');
  const [category, setCategory] = useState<Question['category']>('money');
  const [question, setQuestion] = useState('');
  const [tried, setTried] = useState(false);
  const short = { subject: subject.trim().length < LEAST.subject, question: question.trim().length < LEAST.question };
  const ask = useAskSupport(onClose);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (short.subject || short.question) return;
    ask.mutate({ subject: subject.trim(), category, description: question.trim() });
  };
  return (
    <Sheet title={askText.title} onClose={onClose}>
      <form noValidate onSubmit={submit} className="grid gap-4">
        {ask.isError && <Problem>{errorText(ask.error)}</Problem>}
        <TextField
          data-autofocus
          maxLength={200}
          label={text.subject}
          value={subject}
          error={tried && short.subject ? text.subjectShort : undefined}
          onChange={(event) => setSubject(event.target.value)}
        />
        <SelectField
          label={text.category}
          value={category}
          onChange={(event) =>
            setCategory(QUESTION_CATEGORIES.find((known) => known === event.target.value) ?? 'other')
          }
        >
          {QUESTION_CATEGORIES.map((known) => (
            <option key={known} value={known}>
              {text.categories[known]}
            </option>
          ))}
        </SelectField>
        <TextArea
          rows={4}
          maxLength={10_000}
          label={askText.question}
          value={question}
          error={tried && short.question ? askText.questionShort : undefined}
          onChange={(event) => setQuestion(event.target.value)}
        />
        <Button type="submit" variant="primary" wide busy={ask.isPending} disabled={!online}>
          {askText.submit}
        </Button>
      </form>
    </Sheet>
  );
}
