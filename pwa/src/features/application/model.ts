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

// Where payouts through Stripe Connect reach a bank account.
const COUNTRY_CODES =
  'AU AT BE BG BR CA HR CY CZ DK EE FI FR DE GI GR HK HU IN IE IT JP LV LI LT LU MY MT MX NL NZ NO PL PT RO SG SK SI ES SE CH TH AE GB US';

/** Countries with their English names, in the order of the names. */
export function countries(): { code: string; name: string }[] {
  const names = new Intl.DisplayNames('en', { type: 'region' });
  return COUNTRY_CODES.split(' ')
    .map((code) => ({ code, name: names.of(code) ?? code }))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
}
