/** Money is an integer in minor units plus a currency. No floating-point number ever holds an amount. */

const digitsByCurrency = new Map<string, number>();
const formatters = new Map<string, Intl.NumberFormat>();

/** How many digits a currency has after the separator: 2 for USD, 0 for JPY, 3 for KWD. */
export function currencyDigits(currency: string): number {
  let digits = digitsByCurrency.get(currency);
  if (digits === undefined) {
    digits = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
    digitsByCurrency.set(currency, digits);
  }
  return digits;
}

/** The amount as a decimal numeral, such as "-1234.50". `Intl` formats such a string exactly, without a float between. */
export function toDecimal(minor: number, currency: string): string {
  if (!Number.isSafeInteger(minor)) throw new RangeError(`not a whole number of minor units: ${minor}`);
  const digits = currencyDigits(currency);
  const sign = minor < 0 ? '-' : '';
  const padded = String(Math.abs(minor)).padStart(digits + 1, '0');
  return digits === 0 ? sign + padded : `${sign}${padded.slice(0, -digits)}.${padded.slice(-digits)}`;
}

interface FormatOptions {
  locale?: string | undefined;
  /** Leave out ".00" of whole amounts. */
  short?: boolean;
}

/** The amount for people: `formatMoney(150000, 'USD')` is "$1,500.00". */
export function formatMoney(
  minor: number,
  currency: string,
  { locale = 'en', short = false }: FormatOptions = {},
): string {
  const key = `${locale}|${currency}|${short}`;
  let formatter = formatters.get(key);
  if (formatter === undefined) {
    formatter = new Intl.NumberFormat(locale, {
      style: 'currency',
      currency,
      trailingZeroDisplay: short ? 'stripIfInteger' : 'auto',
    });
    formatters.set(key, formatter);
  }
  return formatter.format(toDecimal(minor, currency) as Intl.StringNumericLiteral);
}

const GROUPED = /^\d{1,3}(?:,\d{3})+$/;

/**
 * Reads what a person typed ("1,500.00", "$ 1500", "12.5") into minor units. A comma groups thousands, a point separates
 * the minor part. Returns null for anything that is not clearly an amount: nothing is guessed or rounded away.
 */
export function parseMoney(input: string, currency: string): number | null {
  const cleaned = input
    .trim()
    .replace(/^(?:[A-Z]{3}|\p{Sc})\s*/u, '')
    .replace(/\s*(?:[A-Z]{3}|\p{Sc})$/u, '');
  const match = /^(\d[\d,]*)(?:\.(\d*))?$/.exec(cleaned);
  if (match === null) return null;
  const [, whole = '', fraction = ''] = match;
  if (whole.includes(',') && !GROUPED.test(whole)) return null;
  const digits = currencyDigits(currency);
  if (fraction.length > digits) return null;
  const minor = Number(whole.replaceAll(',', '') + fraction.padEnd(digits, '0'));
  return Number.isSafeInteger(minor) ? minor : null;
}

/** A share of an amount by basis points, rounded down: for estimates that the server decides for good. */
export function shareOf(minor: number, basisPoints: number): number {
  return Number((BigInt(minor) * BigInt(basisPoints)) / 10_000n);
}

/** Basis points as a percentage: 2250 is "22.5%". */
export function formatRate(basisPoints: number, locale = 'en'): string {
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 }).format(basisPoints / 10_000);
}

/** The currencies of the programme: those with a smallest payout in the database. */
export const CURRENCIES = ['USD', 'EUR', 'GBP'] as const;
