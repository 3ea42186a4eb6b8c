import assert from "node:assert/strict";

/** What must be in no log, trace or metric, by description. */
export class Secrets {
  readonly #values = new Map<string, string>();

  /** Notes a secret and returns it. */
  add(what: string, value: string): string {
    assert.ok(value.length >= 8, `${what} is too short to search for`);
    this.#values.set(what, value);
    return value;
  }

  /** Makes and notes a random secret. */
  make(what: string): string {
    return this.add(what, `${what.replaceAll(" ", "-")}-${crypto.randomUUID()}`);
  }

  /** Descriptions of those that a text has, as they are or as JSON or a URL writes them. */
  foundIn(text: string): string[] {
    return [...this.#values]
      .filter(([, value]) => formsOf(value).some((form) => text.includes(form)))
      .map(([what]) => what);
  }
}

function formsOf(value: string): string[] {
  return [value, encodeURIComponent(value), JSON.stringify(value).slice(1, -1), btoa(value)];
}
