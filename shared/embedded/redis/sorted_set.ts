import type { ScoreBound } from "./arguments.ts";

/** One member of a {@link SortedSet}. */
export interface Scored {
  member: string;
  score: number;
}

/** Members in the order of their scores, equal scores in the order of the members. */
export class SortedSet {
  readonly #scores = new Map<string, number>();
  /** Sorted; a binary search finds the place, and moving the rest is one quick copy. */
  readonly #ordered: Scored[] = [];

  get size(): number {
    return this.#scores.size;
  }

  score(member: string): number | undefined {
    return this.#scores.get(member);
  }

  set(member: string, score: number): void {
    this.delete(member);
    const entry = { member, score };
    this.#ordered.splice(this.#indexOf(entry), 0, entry);
    this.#scores.set(member, score);
  }

  delete(member: string): boolean {
    const score = this.#scores.get(member);
    if (score === undefined) return false;
    this.#ordered.splice(this.#indexOf({ member, score }), 1);
    return this.#scores.delete(member);
  }

  /** The place of a member, from 0. */
  rank(member: string): number | undefined {
    const score = this.#scores.get(member);
    return score === undefined ? undefined : this.#indexOf({ member, score });
  }

  /** Members from one place up to and including another; negative places count from the end. */
  byIndex(start: number, stop: number): Scored[] {
    const from = Math.max(start < 0 ? start + this.size : start, 0);
    const to = stop < 0 ? stop + this.size : stop;
    return to < from ? [] : this.#ordered.slice(from, to + 1);
  }

  /** Members whose score is between two bounds. */
  byScore(min: ScoreBound, max: ScoreBound): Scored[] {
    const from = this.#firstWhere(({ score }) =>
      min.exclusive ? score > min.value : score >= min.value
    );
    const to = this.#firstWhere(({ score }) =>
      max.exclusive ? score >= max.value : score > max.value
    );
    return this.#ordered.slice(from, to);
  }

  #indexOf(entry: Scored): number {
    return this.#firstWhere((other) => compare(other, entry) >= 0);
  }

  /** Binary search: the first place from which on `condition` holds. */
  #firstWhere(condition: (entry: Scored) => boolean): number {
    let low = 0;
    let high = this.#ordered.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const entry = this.#ordered[middle];
      if (entry !== undefined && condition(entry)) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

function compare(a: Scored, b: Scored): number {
  if (a.score !== b.score) return a.score < b.score ? -1 : 1;
  return a.member < b.member ? -1 : a.member > b.member ? 1 : 0;
}
