import { loadConfig } from './config';
import { toAppError } from './errors';
import { callService } from './supabase';

/** How long a link to a money paper may be used. */
const PAPER_SECONDS = 60;

/** A link under which a browser downloads one private file under this name, for a minute when nothing else is said. */
export async function paperLink(
  bucket: string,
  path: string,
  fileName: string,
  seconds: number = PAPER_SECONDS,
): Promise<string> {
  let answer: Response;
  try {
    answer = await callService(`storage/v1/object/sign/${bucket}/${path}`, { expiresIn: seconds });
  } catch (error) {
    throw toAppError(error);
  }
  if (!answer.ok) throw toAppError({ message: 'The file is not there.', code: 'PT404' }, answer.status);
  const { signedURL } = (await answer.json()) as { signedURL: string };
  const { supabaseUrl } = await loadConfig();
  return `${supabaseUrl}/storage/v1${signedURL}&download=${encodeURIComponent(fileName)}`;
}

/** Lets the browser save what is behind a link, without leaving the page. */
export function startDownload(link: string): void {
  const anchor = document.createElement('a');
  anchor.href = link;
  anchor.rel = 'noopener';
  anchor.click();
}
