import { describe, expect, it } from 'vitest';
import { AppError, errorText, toAppError } from './errors';

const postgrest = (code: string, message = '', details: unknown = null, hint: string | null = null) => ({
  code,
  message,
  details: details === null ? null : JSON.stringify(details),
  hint,
});

describe('toAppError', () => {
  it('calls a failed fetch offline, whatever the browser words it like', () => {
    for (const message of ['TypeError: Failed to fetch', 'NetworkError when attempting to fetch', 'Load failed']) {
      expect(toAppError({ message }, 0).kind).toBe('offline');
    }
    expect(toAppError({ name: 'AuthRetryableFetchError', message: '{}', status: 0 }).kind).toBe('offline');
  });

  it('reads the rule of a refusal that wants a second factor', () => {
    const error = toAppError(
      postgrest('PT403', 'Your last code is older.', { rule: 'mfa_stale', limit: '10 minutes' }),
      403,
    );
    expect(error).toMatchObject({ kind: 'mfa', rule: 'mfa_stale', limit: '10 minutes' });
  });

  it('does not ask for a code when a 403 has another rule', () => {
    expect(toAppError(postgrest('PT403', 'Suspended.', { rule: 'suspended' }), 403).kind).toBe('denied');
  });

  it.each([
    ['22023', 'invalid'],
    ['23505', 'duplicate'],
    ['42501', 'denied'],
    ['PT404', 'missing'],
    ['PT409', 'conflict'],
    ['PT429', 'limited'],
    ['PGRST301', 'session'],
    ['XX000', 'server'],
  ])('maps %s to %s', (code, kind) => {
    expect(toAppError(postgrest(code, 'x')).kind).toBe(kind);
  });

  it('shows the words of our own functions and hides those of the server', () => {
    expect(errorText(postgrest('PT409', 'This lead has a deal already.'))).toBe('This lead has a deal already.');
    expect(errorText(postgrest('42501', 'permission denied for table partners'))).not.toContain('partners');
    expect(errorText({ message: 'duplicate key value violates unique constraint "x"', code: '23505' })).not.toContain(
      '"x"',
    );
  });

  it('survives details that are not what they should be', () => {
    expect(toAppError({ code: 'PT409', message: 'm', details: '{broken' }).rule).toBeUndefined();
    expect(toAppError({ code: 'PT409', message: 'm', details: '[1]' }).rule).toBeUndefined();
    for (const odd of [null, undefined, 'text', 7]) expect(toAppError(odd)).toBeInstanceOf(AppError);
  });

  it('has words for the answers of the auth server', () => {
    expect(
      errorText({
        name: 'AuthApiError',
        code: 'invalid_credentials',
        status: 400,
        message: 'Invalid login credentials',
      }),
    ).toBe('E-mail or password is wrong.');
  });

  it('passes an AppError through', () => {
    const error = new AppError('x', { kind: 'denied' });
    expect(toAppError(error)).toBe(error);
  });
});
