import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { errorText } from '@/lib/errors';
import { showToast } from '@/lib/toast';
import { Button } from '@/ui/button';
import { Problem } from '@/ui/states';
import { text } from '../messages';
import { answerSurvey, isLater, putOff, surveyQuery } from '../ops';

/** The question of the quarter; nothing when it is not due. */
export default function SurveyCard() {
  const client = useQueryClient();
  const { data: survey } = useQuery(surveyQuery);
  const [later, setLater] = useState(() => isLater());
  const [score, setScore] = useState<number>();
  const [comment, setComment] = useState('');
  const answer = useMutation({
    mutationFn: answerSurvey,
    onSuccess: () => {
      client.setQueryData(surveyQuery.queryKey, (known) => known && { ...known, due: false });
      showToast(text.thanks, { tone: 'good' });
    },
  });
  if (later || survey?.due !== true) return null;
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (score !== undefined) answer.mutate({ score, comment });
  };
  return (
    <form className="card grid gap-3 p-5" onSubmit={send}>
      <fieldset className="grid gap-3">
        <legend className="pb-1 font-bold">{text.title}</legend>
        <p className="text-[15px] text-soft">{text.body}</p>
        <div className="grid grid-cols-5 gap-2">
          {text.scores.map((label, index) => (
            <label
              key={label}
              className="grid min-h-12 place-items-center rounded-xl bg-raised font-bold has-checked:bg-accent has-checked:text-white has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent-text"
            >
              <input
                type="radio"
                name="score"
                className="sr-only"
                aria-label={text.score(index + 1, label)}
                checked={score === index + 1}
                onChange={() => setScore(index + 1)}
              />
              {index + 1}
            </label>
          ))}
        </div>
      </fieldset>
      {score !== undefined && (
        <label className="grid gap-1.5 text-[15px] font-semibold">
          {text.comment}
          <textarea
            className="min-h-24 rounded-xl bg-raised p-3 font-normal"
            maxLength={1000}
            value={comment}
            onChange={(event) => setComment(event.target.value)}
          />
        </label>
      )}
      {answer.isError && <Problem>{errorText(answer.error)}</Problem>}
      <div className="grid grid-cols-2 gap-3">
        <Button
          variant="plain"
          onClick={() => {
            putOff();
            setLater(true);
          }}
        >
          {text.later}
        </Button>
        <Button type="submit" variant="primary" busy={answer.isPending} disabled={score === undefined}>
          {text.send}
        </Button>
      </div>
    </form>
  );
}
