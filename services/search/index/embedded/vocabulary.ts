import { editDistance, editDistanceToBeginning } from "./edit_distance.ts";
import type { Postings } from "./postings.ts";

/** Maximum corrections of one misspelt word. */
const MAX_CORRECTIONS = 8;
/** New words that are put in their places together. */
const MAX_FRESH = 1_024;
/** Words out of use that are dropped together, if they are also a quarter of all. */
const MAX_DEAD = 1_024;
const DEAD_SHARE = 0.25;

/** A word of the indexed texts. */
export interface Term {
  readonly word: string;
  /** A bit for each letter of the word, as {@link lettersOf} has it. */
  readonly letters: number;
  /** How often it is used. */
  uses: number;
  /** The rows that have it, by number of the field. */
  readonly postings: (Postings | undefined)[];
}

/** Words of all indexed texts; tells a misspelt word from a real one. */
export class Vocabulary {
  readonly #terms = new Map<string, Term>();
  /** In the order of their words; some may be out of use. */
  #sorted: Term[] = [];
  /** Words that are not in `#sorted` yet. */
  #fresh: Term[] = [];
  /** Words of `#sorted` and `#fresh` that are out of use. */
  #dead = 0;

  /** A word in use. */
  get(word: string): Term | undefined {
    const term = this.#terms.get(word);
    return term && term.uses > 0 ? term : undefined;
  }

  /** Adds uses of a word. */
  add(word: string, uses: number): Term {
    let term = this.#terms.get(word);
    if (term === undefined) {
      term = { word, letters: lettersOf(word), uses: 0, postings: [] };
      this.#terms.set(word, term);
      this.#fresh.push(term);
      if (this.#fresh.length >= MAX_FRESH) this.#settle();
    } else if (term.uses === 0) {
      this.#dead--;
    }
    term.uses += uses;
    return term;
  }

  /** Removes uses that were added by {@link add}. */
  delete(term: Term, uses: number): void {
    term.uses -= uses;
    if (term.uses > 0) return;
    this.#dead++;
    if (this.#dead >= MAX_DEAD && this.#dead >= DEAD_SHARE * this.#terms.size) this.#bury();
  }

  /** The used words that begin with a text. */
  beginningWith(text: string): Term[] {
    this.#settle();
    const found: Term[] = [];
    for (let i = this.#placeOf(text); i < this.#sorted.length; i++) {
      const term = this.#sorted[i]!;
      if (!term.word.startsWith(text)) break;
      if (term.uses > 0) found.push(term);
    }
    return found;
  }

  /** The used words nearest to a misspelt one, most used first. A `prefix` is also compared with their beginnings. */
  corrections(word: string, { prefix }: { prefix: boolean }): Term[] {
    let nearestEdits = editsAllowed(word);
    if (nearestEdits === 0) return [];
    this.#settle();
    const measure = prefix ? editDistanceToBeginning : editDistance;
    const letters = lettersOf(word);
    const { length } = word;
    let nearest: Term[] = [];
    for (const term of this.#sorted) {
      const { word: known } = term;
      const longer = known.length - length;
      if (longer < -nearestEdits || (!prefix && longer > nearestEdits)) continue;
      // Each edit removes at most one letter.
      if (ones(letters & ~term.letters) > nearestEdits || term.uses === 0) continue;
      const edits = measure(word, known, nearestEdits);
      if (edits > nearestEdits) continue;
      if (edits < nearestEdits) nearest = [];
      nearestEdits = edits;
      nearest.push(term);
    }
    return nearest.sort((a, b) => b.uses - a.uses || (a.word < b.word ? -1 : 1))
      .slice(0, MAX_CORRECTIONS);
  }

  /** Puts new words in their places. */
  #settle(): void {
    if (this.#fresh.length === 0) return;
    const fresh = this.#fresh.sort(byWord);
    const merged: Term[] = [];
    let next = 0;
    for (const term of this.#sorted) {
      while (next < fresh.length && fresh[next]!.word < term.word) merged.push(fresh[next++]!);
      merged.push(term);
    }
    while (next < fresh.length) merged.push(fresh[next++]!);
    this.#sorted = merged;
    this.#fresh = [];
  }

  /** Drops words out of use. */
  #bury(): void {
    this.#settle();
    const used = ({ uses }: Term) => uses > 0;
    for (const { word } of this.#sorted.filter((term) => !used(term))) this.#terms.delete(word);
    this.#sorted = this.#sorted.filter(used);
    this.#dead = 0;
  }

  /** Place of the first word that is not before a text. */
  #placeOf(text: string): number {
    let [low, high] = [0, this.#sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#sorted[middle]!.word < text) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function byWord(a: Term, b: Term): number {
  return a.word < b.word ? -1 : 1;
}

/** A bit for each letter; some letters share one. */
function lettersOf(word: string): number {
  let letters = 0;
  for (let i = 0; i < word.length; i++) letters |= 1 << (word.charCodeAt(i) & 31);
  return letters;
}

/** Number of bits that are set. */
function ones(bits: number): number {
  let left = bits - ((bits >>> 1) & 0x55555555);
  left = (left & 0x33333333) + ((left >>> 2) & 0x33333333);
  return Math.imul((left + (left >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Elasticsearch's `fuzziness: AUTO`: no edits up to 2 letters, 1 up to 5 letters, then 2. */
function editsAllowed({ length }: string): number {
  return length < 3 ? 0 : length < 6 ? 1 : 2;
}
