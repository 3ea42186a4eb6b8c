import { ConstraintViolated } from "../models/seats/tables.ts";
import { Unavailable } from "@evently/shared/errors";
import type { Random } from "@evently/shared/testing";
import type { Conditions, MessageFaults } from "./conditions.ts";
import type { Scheduler } from "./scheduler.ts";
import type { Trace } from "./trace.ts";

/** One run of a process; calls pending at its crash never complete. */
export interface Caller {
  readonly name: string;
  alive: boolean;
}

/** A message to a store or another service. */
export interface Message<T> {
  /** Receiver and operation. */
  label: string;
  /** Whether it may be delivered twice: true over HTTP, false on a database connection. */
  repeatable: boolean;
  /** Executes the operation at the receiver, synchronously. */
  perform: () => T;
}

/** Outcome of a client's request as the client sees it. */
export type Outcome<T> = { ok: T } | { error: unknown } | { lost: true };

/** No answer arrived. Like a driver's error, it is no domain error. */
export class ConnectionLost extends Unavailable {}

/** Messages per thousand that arrive although their sender has crashed. */
const CRASHED_SENDER_PERMILLE = 500;
/** Upper bound of the normal delay of a message. */
const USUAL_DELAY_MS = 4;
const THOUSAND = 1_000;

/** Delivers all messages of the simulated world and injects network faults. */
export class Network {
  /** Number of injected faults by kind. */
  readonly injected: Record<string, number> = {};
  /** Called when a message violates a constraint of a model. */
  onConstraintViolated: (error: Error) => void = () => {};
  /** Whether fault injection is off. */
  calm = false;
  readonly #random: Random;
  readonly #scheduler: Scheduler;
  readonly #trace: Trace;
  readonly #conditions: Conditions;

  constructor(
    { random, scheduler, trace, conditions }: {
      random: Random;
      scheduler: Scheduler;
      trace: Trace;
      conditions: Conditions;
    },
  ) {
    this.#random = random;
    this.#scheduler = scheduler;
    this.#trace = trace;
    this.#conditions = conditions;
  }

  /** Sends a message. The promise settles in a later step, or never if the caller crashes. */
  call<T>(caller: Caller, message: Message<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const from = `${caller.name} → ${message.label}`;
      const run = () => {
        if (!caller.alive && !this.chance(CRASHED_SENDER_PERMILLE)) {
          return this.#note(`${from}: died with it`);
        }
        this.#deliver(caller, message, { resolve, reject });
      };
      this.#scheduler.add({ label: from, run }, this.delayMs());
    });
  }

  /** Waits for a process. The promise never resolves if the process crashes. */
  pause(caller: Caller, ms: number): Promise<void> {
    return new Promise((resolve) => {
      const run = () => {
        if (caller.alive) resolve();
      };
      this.#scheduler.add({ label: `${caller.name} has waited`, run }, ms);
    });
  }

  /** Returns true with a probability of `permille` per thousand. */
  chance(permille: number): boolean {
    return permille > 0 && this.#random.below(THOUSAND) < permille;
  }

  /** Decides whether to inject a fault now, and counts it. */
  shouldInject(
    fault: keyof MessageFaults | "crash" | "wipe" | "clockSet",
    permille: number,
  ): boolean {
    if (this.calm || !this.chance(permille)) return false;
    this.injected[fault] = (this.injected[fault] ?? 0) + 1;
    return true;
  }

  /** Draws the delay of a message. */
  delayMs(): number {
    const { faults, longestDelayMs } = this.#conditions;
    if (this.shouldInject("slow", faults.slow)) return this.#random.below(longestDelayMs);
    return this.#random.below(USUAL_DELAY_MS);
  }

  /** Draws the delay of a late or repeated message. */
  latenessMs(): number {
    return this.#random.below(this.#conditions.longestDelayMs);
  }

  #deliver<T>(
    caller: Caller,
    message: Message<T>,
    { resolve, reject }: { resolve: (value: T) => void; reject: (error: unknown) => void },
  ): void {
    const { faults } = this.#conditions;
    const from = `${caller.name} → ${message.label}`;
    const lose = () => reject(new ConnectionLost(`no answer to ${message.label}`));
    if (this.shouldInject("lost", faults.lost)) {
      this.#note(`${from}: lost`);
      return this.#answer(caller, `${from}: gives up`, lose);
    }
    if (this.shouldInject("late", faults.late)) {
      this.#note(`${from}: is late`);
      this.#deliverLate(from, message);
      return this.#answer(caller, `${from}: gives up`, lose);
    }
    if (message.repeatable && this.shouldInject("doubled", faults.doubled)) {
      this.#deliverLate(from, message);
    }
    const answer = this.#perform(from, message);
    if (this.shouldInject("answerLost", faults.answerLost)) {
      return this.#answer(caller, `${from}: answer lost`, lose);
    }
    this.#answer(caller, `${from}: answered`, () => {
      if ("error" in answer) reject(answer.error);
      else resolve(answer.value);
    });
  }

  /** Delivers the answer at once or in a later step, unless the caller has crashed by then. */
  #answer(caller: Caller, label: string, arrive: () => void): void {
    const delayMs = this.delayMs();
    const run = () => {
      if (caller.alive) arrive();
    };
    if (delayMs === 0) return run();
    this.#scheduler.add({ label, run }, delayMs);
  }

  /** Schedules a late delivery whose answer is ignored. */
  #deliverLate<T>(from: string, message: Message<T>): void {
    const label = `${from}: arrives late`;
    this.#scheduler.add({ label, run: () => this.#perform(label, message) }, this.latenessMs());
  }

  #perform<T>(from: string, { perform }: Message<T>): { value: T } | { error: unknown } {
    try {
      const value = perform();
      this.#note(`${from}: done`);
      return { value };
    } catch (error) {
      if (error instanceof ConstraintViolated) this.onConstraintViolated(error);
      this.#note(`${from}: ${error}`);
      return { error };
    }
  }

  #note(line: string): void {
    this.#trace.add(line);
  }
}
