/** A promise that was broken, and what shows it. */
export interface Finding {
  what: string;
  count: number;
  /** The first few. */
  evidence: string[];
}

const MAX_EVIDENCE = 5;

/** What a run has found wrong. */
export class Findings {
  readonly #byKind = new Map<string, Finding>();

  add(what: string, evidence: string): void {
    const finding = this.#byKind.get(what) ?? { what, count: 0, evidence: [] };
    finding.count++;
    if (finding.evidence.length < MAX_EVIDENCE) {
      finding.evidence.push(`${new Date().toISOString()} ${evidence}`);
    }
    this.#byKind.set(what, finding);
  }

  get all(): Finding[] {
    return [...this.#byKind.values()];
  }
}
