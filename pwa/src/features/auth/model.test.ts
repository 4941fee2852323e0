import { describe, expect, it } from 'vitest';
import { codeSchema, safeNext, signInSchema, signUpSchema } from './model';

describe('safeNext', () => {
  it.each([
    ['/partner/leads?stage=new', '/partner/leads?stage=new'],
    ['https://evil.example', '/'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['javascript:alert(1)', '/'],
    [undefined, '/'],
  ])('%s leads to %s', (next, expected) => {
    expect(safeNext(next)).toBe(expected);
  });
});

it('reads e-mail addresses as people type them', () => {
  expect(signInSchema.parse({ email: ' Ana@Example.COM ', password: 'x' }).email).toBe('ana@example.com');
  expect(signInSchema.safeParse({ email: 'ana@', password: 'x' }).success).toBe(false);
});

it('wants a name, and ten characters with letters and digits for a new password', () => {
  expect(signUpSchema.safeParse({ name: ' ', email: 'a@example.com', password: 'abcdefgh12' }).success).toBe(false);
  expect(signUpSchema.safeParse({ name: 'A', email: 'a@example.com', password: 'abcdefg12' }).success).toBe(false);
  expect(signUpSchema.safeParse({ name: 'A', email: 'a@example.com', password: 'abcdefghijk' }).success).toBe(false);
  expect(signUpSchema.safeParse({ name: 'A', email: 'a@example.com', password: 'abcdefgh12' }).success).toBe(true);
});

it('takes a code with a space in it and nothing else', () => {
  expect(codeSchema.parse({ code: '123 456' }).code).toBe('123456');
  expect(codeSchema.safeParse({ code: '12345a' }).success).toBe(false);
});
