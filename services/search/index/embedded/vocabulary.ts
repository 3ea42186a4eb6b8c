import { editDistance, editDistanceToBeginning } from "./edit_distance.ts";

/** Maximum corrections of one misspelt word. */
const MAX_CORRECTIONS = 8;

/** Words of all indexed texts; tells a misspelt word from a real one. */
export class Vocabulary {
  readonly #uses = new Map<string, number>();

  add(words: Iterable<string>): void {
    for (const word of words) this.#uses.set(word, (this.#uses.get(word) ?? 0) + 1);
  }

  /** Removes words that were added by {@link add}. */
  delete(words: Iterable<string>): void {
    for (const word of words) {
      const uses = (this.#uses.get(word) ?? 0) - 1;
      if (uses > 0) this.#uses.set(word, uses);
      else this.#uses.delete(word);
    }
  }

  /** Whether the word is used; as a `prefix`, whether it begins a used word. */
  knows(word: string, { prefix }: { prefix: boolean }): boolean {
    if (this.#uses.has(word)) return true;
    return prefix && this.#uses.keys().some((known) => known.startsWith(word));
  }

  /** The used words nearest to a misspelt one, most used first. A `prefix` is also compared with their beginnings. */
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

/** Elasticsearch's `fuzziness: AUTO`: no edits up to 2 letters, 1 up to 5 letters, then 2. */
function editsAllowed({ length }: string): number {
  return length < 3 ? 0 : length < 6 ? 1 : 2;
}
