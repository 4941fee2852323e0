import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CURRENCIES, currencyDigits, formatMoney, formatRate, parseMoney, shareOf, toDecimal } from './money';

describe('formatMoney', () => {
  it.each([
    [150000, 'USD', '$1,500.00'],
    [5, 'USD', '$0.05'],
    [0, 'EUR', '€0.00'],
    [-123450, 'USD', '-$1,234.50'],
    [1500, 'JPY', '¥1,500'],
    [-7, 'JPY', '-¥7'],
    [1234567, 'KWD', 'KWD 1,234.567'],
  ])('writes %i minor units of %s as %s', (minor, currency, expected) => {
    expect(formatMoney(minor, currency).replaceAll('\u00a0', ' ')).toBe(expected);
  });

  it('keeps every digit of an amount that a double cannot divide exactly', () => {
    expect(formatMoney(Number.MAX_SAFE_INTEGER, 'USD')).toBe('$90,071,992,547,409.91');
  });

  it('drops ".00" in short form only', () => {
    expect(formatMoney(150000, 'USD', { short: true })).toBe('$1,500');
    expect(formatMoney(150050, 'USD', { short: true })).toBe('$1,500.50');
  });

  it('refuses fractions of a minor unit', () => {
    expect(() => toDecimal(1.5, 'USD')).toThrow(RangeError);
  });
});

describe('parseMoney', () => {
  it.each([
    ['1,500.00', 'USD', 150000],
    ['$1500', 'USD', 150000],
    [' 1 ', 'USD', 100],
    ['12.5', 'USD', 1250],
    ['12.', 'USD', 1200],
    ['EUR 9.99', 'EUR', 999],
    ['1,500', 'JPY', 1500],
    ['0.1', 'USD', 10],
  ])('reads %s as %s', (input, currency, expected) => {
    expect(parseMoney(input, currency)).toBe(expected);
  });

  it.each(['', 'abc', '1.234', '1,50', '1.2.3', '-5', '1e3', '١٢', '12,34,567', '99999999999999999'])(
    'refuses %j',
    (input) => {
      expect(parseMoney(input, 'USD')).toBeNull();
    },
  );

  it('refuses minor digits that the currency does not have', () => {
    expect(parseMoney('10.5', 'JPY')).toBeNull();
  });

  it('reads back whatever was written', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10 ** 12 }),
        fc.constantFrom(...CURRENCIES, 'JPY', 'KWD'),
        (minor, currency) => {
          expect(parseMoney(toDecimal(minor, currency), currency)).toBe(minor);
          const shown = formatMoney(minor, currency).replace(/^\D+/, '');
          expect(parseMoney(shown, currency)).toBe(minor);
        },
      ),
    );
  });
});

describe('rates', () => {
  it('takes a share without ever going above the amount', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 12 }), fc.integer({ min: 0, max: 10_000 }), (minor, rate) => {
        const share = shareOf(minor, rate);
        expect(Number.isSafeInteger(share)).toBe(true);
        expect(share).toBeLessThanOrEqual(minor);
        expect(share).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('shows basis points as a percentage', () => {
    expect(shareOf(250000, 2200)).toBe(55000);
    expect(formatRate(2250)).toBe('22.5%');
    expect(currencyDigits('JPY')).toBe(0);
  });
});
