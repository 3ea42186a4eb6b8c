/** Forms whose values are kept at once; more than anybody has under way. */
const MAX_KEPT = 20;

/** What was typed and not sent, by organiser and form. In memory alone: it is gone with the tab. */
const kept = new Map<string, unknown>();

/** Keeps what was typed into a form. */
export function keepValues(key: string, values: unknown): void {
  kept.delete(key);
  kept.set(key, values);
  const [oldest] = kept.keys();
  if (kept.size > MAX_KEPT && oldest !== undefined) kept.delete(oldest);
}

/** What was typed into a form, if it was not sent. */
export function keptValues(key: string): unknown {
  return kept.get(key);
}

/** Forgets what was typed into one form, or into all. */
export function forgetKept(key?: string): void {
  if (key === undefined) kept.clear();
  else kept.delete(key);
}
