import { editDistance, editDistanceToBeginning } from "./edit_distance.ts";

/** The most words that one misspelt word is taken for. */
const MAX_CORRECTIONS = 8;

/** The words of all indexed texts, to tell a misspelt word from a real one. */
export class Vocabulary {
  readonly #uses = new Map<string, number>();

  add(words: Iterable<string>): void {
    for (const word of words) this.#uses.set(word, (this.#uses.get(word) ?? 0) + 1);
  }

  /** Takes back what {@link add} was given before. */
  delete(words: Iterable<string>): void {
    for (const word of words) {
      const uses = (this.#uses.get(word) ?? 0) - 1;
      if (uses > 0) this.#uses.set(word, uses);
      else this.#uses.delete(word);
    }
  }

  /** Whether the word is used, or, as a `prefix`, begins a word that is. */
  knows(word: string, { prefix }: { prefix: boolean }): boolean {
    if (this.#uses.has(word)) return true;
    return prefix && this.#uses.keys().some((known) => known.startsWith(word));
  }

  /** The used words that are nearest to a misspelt one, the most used first; as a `prefix` also by their beginning. */
  corrections(word: string, { prefix }: { prefix: boolean }): string[] {
    let nearestEdits = editsAllowed(word);
    if (nearestEdits === 0) return [];
    let nearest: { word: string; uses: number }[] = [];
    for (const [known, uses] of this.#uses) {
      const measure = prefix ? editDistanceToBeginning : editDistance;
      const edits = measure(word, known, nearestEdits);
      if (edits > nearestEdits) continue;
      if (edits < nearestEdits) nearest = [];
      nearestEdits = edits;
      nearest.push({ word: known, uses });
    }
    return nearest.sort((a, b) => b.uses - a.uses || (a.word < b.word ? -1 : 1))
      .slice(0, MAX_CORRECTIONS).map(({ word }) => word);
  }
}

/** As Elasticsearch's `fuzziness: AUTO`: none in words of 1 or 2 letters, 1 to 5 letters, then 2. */
function editsAllowed({ length }: string): number {
  return length < 3 ? 0 : length < 6 ? 1 : 2;
}
