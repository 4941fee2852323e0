/** Every failure of the backend in one shape. What to tell a person is decided here and nowhere else. */
export type ErrorKind =
  'offline' | 'session' | 'mfa' | 'denied' | 'missing' | 'conflict' | 'invalid' | 'duplicate' | 'limited' | 'server';

interface ErrorFields {
  kind: ErrorKind;
  code?: string;
  rule?: string;
  field?: string;
  limit?: string;
  hint?: string;
}

export class AppError extends Error {
  readonly kind: ErrorKind;
  /** SQLSTATE or the code of the auth server. */
  readonly code: string | undefined;
  /** Machine-readable rule that was broken, such as `mfa_stale` or `below_minimum`. */
  readonly rule: string | undefined;
  /** Name of the argument or column that is wrong. */
  readonly field: string | undefined;
  readonly limit: string | undefined;
  readonly hint: string | undefined;

  constructor(message: string, fields: ErrorFields, cause?: unknown) {
    super(message, { cause });
    this.name = 'AppError';
    this.kind = fields.kind;
    this.code = fields.code;
    this.rule = fields.rule;
    this.field = fields.field;
    this.limit = fields.limit;
    this.hint = fields.hint;
  }
}

const FALLBACK: Record<ErrorKind, string> = {
  offline: 'You are offline. Try again when the connection is back.',
  session: 'Your session has ended. Please sign in again.',
  mfa: 'This needs a code from your authenticator app.',
  denied: 'You are not allowed to do this.',
  missing: 'This no longer exists.',
  conflict: 'This has changed in the meantime. Have a look and try again.',
  invalid: 'Something in the form is not right.',
  duplicate: 'This exists already.',
  limited: 'That was a little too fast. Wait a moment and try again.',
  server: 'Something went wrong on our side. Please try again.',
};

/** Codes of the auth server that deserve their own words. */
const AUTH_TEXT: Record<string, string> = {
  invalid_credentials: 'E-mail or password is wrong.',
  email_not_confirmed: 'Please confirm your e-mail address first. We have sent you a link.',
  user_already_exists: 'There is an account with this e-mail address. Sign in instead.',
  email_exists: 'There is an account with this e-mail address. Sign in instead.',
  weak_password: 'This password is too weak. Use at least 10 characters with letters and digits.',
  same_password: 'The new password is the old one. Choose another.',
  otp_expired: 'This link has expired or was used already. Ask for a new one.',
  mfa_verification_failed: 'That code is not right. Wait for the next one and try again.',
  mfa_challenge_expired: 'That took too long. Enter the newest code.',
  over_email_send_rate_limit: 'We have just sent you a mail. Wait a minute before asking for another.',
  over_request_rate_limit: FALLBACK.limited,
  signup_disabled: 'New accounts cannot be made at the moment.',
  user_banned: 'This account is blocked. Please contact support.',
  mfa_factor_name_conflict: 'There is an authenticator with this name already.',
};

const RULE_TEXT: Record<string, string> = {
  mfa_required: 'Enter a code from your authenticator app.',
  mfa_stale: 'Your last code is older than ten minutes. Enter a new one.',
  mfa_not_enrolled: 'Set up an authenticator app first: it protects your money.',
  below_minimum: 'The available amount is below the minimum for a payout.',
  no_payout_account: 'Connect a payout account first.',
  payout_account_not_ready: 'Your payout account is not ready yet.',
  destination_hold: 'Your payout account has changed lately. Payouts wait 72 hours after a change.',
  nothing_available: 'There is nothing to pay out at the moment.',
  country_not_payable: 'We cannot pay to this country yet.',
  tax_status_required: 'This payout needs your tax details. Complete them at Stripe, through your payout account.',
};

function kindOf(code: string | undefined, status: number | undefined): ErrorKind {
  switch (code) {
    case '22023':
    case '23502':
    case '23514':
    case '22P02':
      return 'invalid';
    case '23505':
      return 'duplicate';
    case '42501':
      return 'denied';
    case 'PT404':
    case 'PGRST116':
      return 'missing';
    case 'PT409':
      return 'conflict';
    case 'PT403':
      return 'mfa';
    case 'PT429':
      return 'limited';
    case 'PGRST301':
    case 'PGRST303':
    case 'session_not_found':
    case 'session_expired':
    case 'refresh_token_not_found':
    case 'bad_jwt':
      return 'session';
    default:
  }
  if (status === undefined) return 'server';
  if (status === 401) return 'session';
  if (status === 403) return 'denied';
  if (status === 404 || status === 406) return 'missing';
  if (status === 409) return 'conflict';
  if (status === 429) return 'limited';
  if (status >= 400 && status < 500) return 'invalid';
  return 'server';
}

const NETWORK_TEXT = /failed to fetch|networkerror|load failed|fetch failed|network request failed/i;

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function parseDetails(value: unknown): { rule?: string; field?: string; limit?: string } {
  if (typeof value !== 'string' || !value.startsWith('{')) return {};
  try {
    const parsed: unknown = JSON.parse(value);
    if (typeof parsed !== 'object' || parsed === null) return {};
    const { rule, field, limit } = parsed as Record<string, unknown>;
    const found: { rule?: string; field?: string; limit?: string } = {};
    if (typeof rule === 'string') found.rule = rule;
    if (typeof field === 'string') found.field = field;
    if (typeof limit === 'string' || typeof limit === 'number') found.limit = String(limit);
    return found;
  } catch {
    return {};
  }
}

/** Turns whatever a client threw or returned into an `AppError`. `status` is the HTTP status, 0 when none came. */
export function toAppError(error: unknown, status?: number): AppError {
  if (error instanceof AppError) return error;
  const fields = (typeof error === 'object' && error !== null ? error : {}) as Record<string, unknown>;
  const message = text(fields['message']) ?? '';
  const http = status ?? (typeof fields['status'] === 'number' ? fields['status'] : undefined);
  const name = text(fields['name']);
  if (
    NETWORK_TEXT.test(message) ||
    name === 'AuthRetryableFetchError' ||
    (http === 0 && text(fields['code']) === undefined)
  ) {
    return new AppError(FALLBACK.offline, { kind: 'offline' }, error);
  }
  const code = text(fields['code']) ?? (name === 'AuthSessionMissingError' ? 'session_not_found' : undefined);
  const details = parseDetails(fields['details']);
  let kind = kindOf(code, http);
  // The database tells a refusal from a missing second factor by the rule, whatever the status says.
  if (kind === 'mfa' && details.rule !== undefined && !details.rule.startsWith('mfa_')) kind = 'denied';
  const known = (details.rule && RULE_TEXT[details.rule]) ?? (code && AUTH_TEXT[code]);
  // Our own functions write their messages for people; those of the server itself are for developers.
  const ours = code !== undefined && (/^PT\d{3}$/.test(code) || code === '22023');
  const hint = text(fields['hint']);
  return new AppError(
    known || (ours && message !== '' ? message : FALLBACK[kind]),
    { kind, ...(code === undefined ? {} : { code }), ...details, ...(hint === undefined ? {} : { hint }) },
    error,
  );
}

/** What to show a person. */
export function errorText(error: unknown): string {
  return toAppError(error).message;
}
