/** Forms of a word by the categories of `Intl.PluralRules`; `other` stands for those that are absent. */
export type PluralForms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

/** Picks the form of a word for a count, by the rules of a language. */
export function pluralOf(language: string, forms: PluralForms): (count: number) => string {
  const rules = new Intl.PluralRules(language);
  return (count) => forms[rules.select(count)] ?? forms.other;
}
