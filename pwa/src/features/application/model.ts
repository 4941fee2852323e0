import * as z from 'zod/mini';
import { text } from './messages';

/** "00 49 (30) 123-456" as "+4930123456": the form that the server wants (E.164). */
function normalisePhone(input: string): string {
  return input.replace(/[\s()./-]/g, '').replace(/^00/, '+');
}

export const applicationSchema = z.object({
  name: z.string().check(z.trim(), z.minLength(1, text.nameMissing), z.maxLength(120)),
  phone: z.string().check(z.overwrite(normalisePhone), z.regex(/^\+[1-9]\d{6,14}$/, text.phoneWrong)),
  country: z.string().check(z.regex(/^[A-Z]{2}$/, text.countryMissing)),
  motivation: z.string().check(z.trim(), z.minLength(20, text.motivationShort), z.maxLength(2000)),
  accept_terms: z.literal(true, text.termsMissing),
});
export type ApplicationInput = z.infer<typeof applicationSchema>;

/** Countries with their English names, in the order of the names. */
export function named(codes: readonly string[]): { code: string; name: string }[] {
  const names = new Intl.DisplayNames('en', { type: 'region' });
  return codes
    .map((code) => ({ code, name: names.of(code) ?? code }))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
}
