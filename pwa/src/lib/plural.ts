const rules = new Intl.PluralRules('en');
const numbers = new Intl.NumberFormat('en');

/** "1 lead", "2 leads": the number with the right form of its noun. */
export function plural(count: number, one: string, other: string): string {
  return `${numbers.format(count)} ${rules.select(count) === 'one' ? one : other}`;
}
