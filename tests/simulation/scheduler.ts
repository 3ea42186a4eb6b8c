import type { Random } from "@evently/shared/testing";

/** Something that will happen, in an order that chance decides. */
export interface Step {
  /** Who does it, and what: for the trace. */
  label: string;
  run: () => void;
}

interface Waiting extends Step {
  dueMs: number;
}

/** The true time, and all that waits to happen in it. Nothing else makes anything go on. */
export class Scheduler {
  nowMs: number;
  readonly #random: Random;
  readonly #waiting: Waiting[] = [];

  constructor(random: Random, startMs: number) {
    this.#random = random;
    this.nowMs = startMs;
  }

  /** When the next thing can happen; never, where nothing waits. */
  get nextDueMs(): number {
    return Math.min(...this.#waiting.map(({ dueMs }) => dueMs));
  }

  add(step: Step, delayMs: number): void {
    this.#waiting.push({ ...step, dueMs: this.nowMs + delayMs });
  }

  /** Takes any step whose time has come; where there is none, time passes until there is. */
  next(): Step | undefined {
    const due = this.#due();
    if (due.length > 0) return this.#take(this.#random.pick(due));
    if (this.#waiting.length === 0) return undefined;
    this.nowMs = this.nextDueMs;
    return this.#take(this.#random.pick(this.#due()));
  }

  #due(): number[] {
    const due: number[] = [];
    this.#waiting.forEach(({ dueMs }, place) => {
      if (dueMs <= this.nowMs) due.push(place);
    });
    return due;
  }

  #take(place: number): Step {
    const step = this.#waiting[place]!;
    const last = this.#waiting.pop()!;
    if (last !== step) this.#waiting[place] = last;
    return step;
  }
}
