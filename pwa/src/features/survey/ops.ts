import { queryOptions } from '@tanstack/react-query';
import { rpc } from '@/lib/data';

interface Survey {
  quarter: string;
  due: boolean;
}

export const surveyQuery = queryOptions({
  queryKey: ['survey'],
  staleTime: 3600_000,
  queryFn: (): Promise<Survey> => rpc<'survey_due', Survey>('survey_due'),
});

export async function answerSurvey({ score, comment }: { score: number; comment: string }): Promise<void> {
  await rpc('answer_survey', comment.trim() === '' ? { score } : { score, comment });
}

/** "Later" means three days, on this device. */
const LATER_MS = 3 * 24 * 3600_000;
const STORE = 'siso-survey-later';

export function isLater(now: number = Date.now()): boolean {
  const since = Number(localStorage.getItem(STORE) ?? Number.NaN);
  return now - since < LATER_MS;
}

export function putOff(now: number = Date.now()): void {
  localStorage.setItem(STORE, String(now));
}
