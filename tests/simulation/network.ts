import { ConstraintViolated } from "../models/seats/tables.ts";
import { Unavailable } from "@evently/shared/errors";
import type { Random } from "@evently/shared/testing";
import type { Conditions, MessageFaults } from "./conditions.ts";
import type { Scheduler } from "./scheduler.ts";
import type { Trace } from "./trace.ts";

/** One life of a process; what it waits for when it crashes never comes. */
export interface Caller {
  readonly name: string;
  alive: boolean;
}

/** A message to a store or a neighbour. */
export interface Message<T> {
  /** Who is asked for what. */
  label: string;
  /** Whether it may be delivered twice: over HTTP yes, within a database's connection no. */
  repeatable: boolean;
  /** What the receiver does, at once. */
  perform: () => T;
}

/** What came of a client's request, as far as the client can tell. */
export type Outcome<T> = { ok: T } | { error: unknown } | { lost: true };

/** No answer came. Like a driver's own error it is none of the domain's. */
export class ConnectionLost extends Unavailable {}

/** Of a thousand dead senders' messages, so many arrive all the same. */
const LAST_WORDS = 500;
/** How long an ordinary message may take. */
const USUAL_DELAY_MS = 4;
const THOUSAND = 1_000;

/** Carries every message of the simulated world, and does to it what networks do. */
export class Network {
  /** How often each fault was injected. */
  readonly injected: Record<string, number> = {};
  /** What the network itself is broken by: a constraint of a model that fired. */
  onBroken: (error: Error) => void = () => {};
  /** Nothing goes wrong any more. */
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

  /** Sends a message; the promise ends when the scheduler says so, or never. */
  call<T>(caller: Caller, message: Message<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const from = `${caller.name} → ${message.label}`;
      const run = () => {
        if (!caller.alive && !this.chance(LAST_WORDS)) return this.#note(`${from}: died with it`);
        this.#deliver(caller, message, { resolve, reject });
      };
      this.#scheduler.add({ label: from, run }, this.delayMs());
    });
  }

  /** Lets so much time pass for a process; for a dead one it never ends. */
  pause(caller: Caller, ms: number): Promise<void> {
    return new Promise((resolve) => {
      const run = () => {
        if (caller.alive) resolve();
      };
      this.#scheduler.add({ label: `${caller.name} has waited`, run }, ms);
    });
  }

  /** Whether a thing happens that does so many of a thousand times. */
  chance(permille: number): boolean {
    return permille > 0 && this.#random.below(THOUSAND) < permille;
  }

  /** Whether this fault is injected now; counted. */
  injects(fault: keyof MessageFaults | "crash" | "wipe" | "clockSet", permille: number): boolean {
    if (this.calm || !this.chance(permille)) return false;
    this.injected[fault] = (this.injected[fault] ?? 0) + 1;
    return true;
  }

  /** How long a message is under way. */
  delayMs(): number {
    const { faults, longestDelayMs } = this.#conditions;
    if (this.injects("slow", faults.slow)) return this.#random.below(longestDelayMs);
    return this.#random.below(USUAL_DELAY_MS);
  }

  /** How long until a message arrives that nobody waits for any more. */
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
    if (this.injects("lost", faults.lost)) {
      this.#note(`${from}: lost`);
      return this.#answer(caller, `${from}: gives up`, lose);
    }
    if (this.injects("late", faults.late)) {
      this.#note(`${from}: is late`);
      this.#again(from, message);
      return this.#answer(caller, `${from}: gives up`, lose);
    }
    if (message.repeatable && this.injects("doubled", faults.doubled)) this.#again(from, message);
    const answer = this.#perform(from, message);
    if (this.injects("answerLost", faults.answerLost)) {
      return this.#answer(caller, `${from}: answer lost`, lose);
    }
    this.#answer(caller, `${from}: answered`, () => {
      if ("error" in answer) reject(answer.error);
      else resolve(answer.value);
    });
  }

  /** The answer comes at once, or after other things have happened; to the dead it does not. */
  #answer(caller: Caller, label: string, arrive: () => void): void {
    const delayMs = this.delayMs();
    const run = () => {
      if (caller.alive) arrive();
    };
    if (delayMs === 0) return run();
    this.#scheduler.add({ label, run }, delayMs);
  }

  /** Delivers it once more, to nobody's knowledge. */
  #again<T>(from: string, message: Message<T>): void {
    const label = `${from}: arrives late`;
    this.#scheduler.add({ label, run: () => this.#perform(label, message) }, this.latenessMs());
  }

  #perform<T>(from: string, { perform }: Message<T>): { value: T } | { error: unknown } {
    try {
      const value = perform();
      this.#note(`${from}: done`);
      return { value };
    } catch (error) {
      if (error instanceof ConstraintViolated) this.onBroken(error);
      this.#note(`${from}: ${error}`);
      return { error };
    }
  }

  #note(line: string): void {
    this.#trace.add(line);
  }
}
