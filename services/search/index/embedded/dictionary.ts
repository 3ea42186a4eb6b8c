import { fold } from "../text.ts";

/** Numbers texts that many events share, so that rows are compared and counted by number. */
export class Dictionary {
  readonly #texts: string[] = [];
  readonly #uses: number[] = [];
  readonly #codes = new Map<string, number>();
  readonly #free: number[] = [];

  /** One more than the highest code. */
  get size(): number {
    return this.#texts.length;
  }

  /** Code of a text in use, or -1, which no row has. */
  find(text: string): number {
    return this.#codes.get(text) ?? -1;
  }

  textOf(code: number): string {
    return this.#texts[code] ?? "";
  }

  /** Counts a use of the text; returns its code. */
  take(text: string): number {
    const known = this.#codes.get(text);
    if (known !== undefined) {
      this.#uses[known]!++;
      return known;
    }
    const code = this.#free.pop() ?? this.#texts.length;
    this.#codes.set(text, code);
    this.#texts[code] = text;
    this.#uses[code] = 1;
    return code;
  }

  /** Ends a use; a code without uses is given to another text. Returns the uses left. */
  release(code: number): number {
    const left = --this.#uses[code]!;
    if (left > 0) return left;
    this.#codes.delete(this.textOf(code));
    this.#texts[code] = "";
    this.#free.push(code);
    return 0;
  }
}

/** Numbers spellings, and the texts that they are alike as: cities that differ only in case and accents. */
export class Spellings {
  readonly spellings = new Dictionary();
  readonly #keys = new Dictionary();
  readonly #keyOf: number[] = [];

  /** By code, `mark` for each spelling that is not alike to a text, and 0 for the others; 0 for all without a text. */
  unlike(text: string | undefined, mark: number): Uint8Array {
    const marks = new Uint8Array(this.spellings.size);
    if (text === undefined) return marks;
    const key = this.#keys.find(fold(text));
    for (let code = 0; code < marks.length; code++) {
      if (key < 0 || this.#keyOf[code] !== key) marks[code] = mark;
    }
    return marks;
  }

  /** Code of the folded text of a spelling. */
  keyOf(spelling: number): number {
    return this.#keyOf[spelling] ?? -1;
  }

  keyTextOf(key: number): string {
    return this.#keys.textOf(key);
  }

  /** Counts a use of a spelling; returns its code. */
  take(spelling: string): number {
    const isNew = this.spellings.find(spelling) < 0;
    const code = this.spellings.take(spelling);
    if (isNew) this.#keyOf[code] = this.#keys.take(fold(spelling));
    return code;
  }

  release(code: number): void {
    if (this.spellings.release(code) === 0) this.#keys.release(this.keyOf(code));
  }
}
