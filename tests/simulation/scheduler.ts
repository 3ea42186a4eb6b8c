import type { Random } from "@evently/shared/testing";

/** A scheduled step; due steps run in random order. */
export interface Step {
  /** Actor and action, for the trace. */
  label: string;
  run: () => void;
}

interface ScheduledStep extends Step {
  dueMs: number;
}

/** Keeps the true time and all scheduled steps. Nothing in the simulation happens outside a step. */
export class Scheduler {
  nowMs: number;
  readonly #random: Random;
  readonly #steps: ScheduledStep[] = [];

  constructor(random: Random, startMs: number) {
    this.#random = random;
    this.nowMs = startMs;
  }

  /** Time of the earliest step; `Infinity` if there is none. */
  get nextDueMs(): number {
    return Math.min(...this.#steps.map(({ dueMs }) => dueMs));
  }

  /** Schedules a step after a delay. */
  add(step: Step, delayMs: number): void {
    this.#steps.push({ ...step, dueMs: this.nowMs + delayMs });
  }

  /** Removes and returns a random due step, advancing time to the earliest step if none is due. */
  next(): Step | undefined {
    const due = this.#due();
    if (due.length > 0) return this.#take(this.#random.pick(due));
    if (this.#steps.length === 0) return undefined;
    this.nowMs = this.nextDueMs;
    return this.#take(this.#random.pick(this.#due()));
  }

  #due(): number[] {
    const due: number[] = [];
    this.#steps.forEach(({ dueMs }, index) => {
      if (dueMs <= this.nowMs) due.push(index);
    });
    return due;
  }

  #take(index: number): Step {
    const step = this.#steps[index]!;
    const last = this.#steps.pop()!;
    if (last !== step) this.#steps[index] = last;
    return step;
  }
}
