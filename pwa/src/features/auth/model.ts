import * as z from 'zod/mini';
import { text } from './messages';

const email = z.string().check(z.trim(), z.toLowerCase(), z.email(text.emailWrong));
const newPassword = z
  .string()
  .check(z.minLength(10, text.passwordShort), z.regex(/[a-z]/i, text.passwordPlain), z.regex(/\d/, text.passwordPlain));

export const signInSchema = z.object({ email, password: z.string().check(z.minLength(1, text.passwordMissing)) });
export type SignIn = z.infer<typeof signInSchema>;

export const signUpSchema = z.object({
  name: z.string().check(z.trim(), z.minLength(1, text.nameMissing), z.maxLength(120)),
  email,
  password: newPassword,
});
export type SignUp = z.infer<typeof signUpSchema>;

export const emailSchema = z.object({ email });
export const newPasswordSchema = z.object({ password: newPassword });

/** Six digits; spaces between them are fine. */
export const codeSchema = z.object({
  code: z.string().check(
    z.overwrite((value: string) => value.replaceAll(' ', '')),
    z.regex(/^\d{6}$/, text.codeWrong),
  ),
});

const INTERNAL = /^\/(?![/\\])/;

/** Where to go after signing in: only a path of this app, whatever the address says. */
export function safeNext(next: string | undefined): string {
  return next !== undefined && INTERNAL.test(next) ? next : '/';
}
