import * as z from 'zod/mini';
import type { Row } from '@/lib/database';
import { text } from './messages';

export const profileSchema = z.object({
  name: z.string().check(z.trim(), z.minLength(1, text.nameMissing), z.maxLength(120)),
  phone: z.string().check(
    z.overwrite((value: string) => value.replace(/[\s()./-]/g, '').replace(/^00/, '+')),
    z.regex(/^$|^\+[1-9]\d{6,14}$/, text.phoneWrong),
  ),
});
export type Profile = z.infer<typeof profileSchema>;

/** An archive of one's own data, being made or ready for a day. */
export type DataExport = Pick<Row<'exports'>, 'id' | 'status' | 'path' | 'expires_at'>;
