/** Number of last steps kept. */
const KEPT = 120;
const FNV_PRIME = 0x01000193;
const FNV_OFFSET = 0x811c9dc5;

/** Records steps: keeps the last ones as text and a hash of all for comparison. */
export class Trace {
  readonly #kept: string[] = [];
  #hash = FNV_OFFSET;
  #steps = 0;

  get steps(): number {
    return this.#steps;
  }

  /** FNV-1a of every line so far, as hexadecimal digits. */
  get hash(): string {
    return (this.#hash >>> 0).toString(16).padStart(8, "0");
  }

  /** The last steps, the oldest first. */
  get lines(): string[] {
    const oldest = this.#steps % KEPT;
    return [...this.#kept.slice(oldest), ...this.#kept.slice(0, oldest)];
  }

  add(line: string): void {
    this.#kept[this.#steps++ % KEPT] = line;
    for (let i = 0; i < line.length; i++) {
      this.#hash = Math.imul(this.#hash ^ line.charCodeAt(i), FNV_PRIME);
    }
  }
}
