/** A broken guarantee with its evidence. */
export interface Finding {
  what: string;
  count: number;
  /** The first occurrences, at most `MAX_EVIDENCE`. */
  evidence: string[];
}

const MAX_EVIDENCE = 5;

/** Collects the broken guarantees of a run by kind. */
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
