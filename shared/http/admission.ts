import { DomainError } from "../errors/mod.ts";
import { ADMISSION_RUNNING, ADMISSION_WAITING } from "../metrics/mod.ts";

/** Bounds of the requests of one lane; amid urgent work a quarter of them. */
export interface LaneBounds {
  /** The most that are answered at once. */
  inFlight: number;
  /** The most that wait to begin; further ones are refused. */
  waiting: number;
}

/** Options of an {@link Admission}. */
export interface AdmissionOptions<Name extends string> {
  lanes: Readonly<Record<Name, LaneBounds>>;
  /** Work that all lanes yield to, such as bookings. */
  urgent: { beganLately(withinMs: number): boolean };
  /** Clock and event loop; replaced in tests. */
  time?: AdmissionTime;
}

/** Clock and event loop of an {@link Admission}. */
export interface AdmissionTime {
  /** A monotonic clock. */
  nowMs: () => number;
  /** Calls back in the next turn of the event loop. */
  nextTurn: (callback: () => void) => void;
  /** Calls back after a while. */
  after: (callback: () => void, ms: number) => void;
}

const SYSTEM_TIME: AdmissionTime = {
  nowMs: () => performance.now(),
  nextTurn: (callback) => void setImmediate(callback),
  // Deno before 2.9 refuses to be called as a method of this object.
  after: (callback, ms) => void setTimeout(callback, ms),
};

/** More requests come than are answered in time: 503. */
export class TooManyAtOnce extends DomainError<"UNAVAILABLE"> {
  override readonly name = "TooManyAtOnce";

  constructor() {
    const { code, message, retryAfterS } = TOO_MANY_AT_ONCE;
    super(code, message, { retryAfterS });
  }
}

interface Lane extends LaneBounds {
  running: number;
  queue: (() => void)[];
}

/** What a request hears that finds no room. */
export const TOO_MANY_AT_ONCE = {
  code: "UNAVAILABLE",
  message: "Too many requests at once. Please try again.",
  retryAfterS: 1,
} as const;

/**
 * Urgent work that began within this time counts as running: longer than a busy machine keeps a process waiting, or all
 * would begin at once after such a moment, just when bookings are behind.
 */
const LATELY_MS = 100;
/** Requests that may begin in one turn of the event loop: few enough that others are never behind many. */
const STARTS_A_TURN = 8;
/** The same amid urgent work, which then waits for one other request at most whenever it continues. */
const STARTS_A_TURN_AMID_URGENT_WORK = 1;
/** Amid urgent work no request begins for this many times as long as those before it took: they get a quarter of the time. */
const REST_TIMES = 3;
/** Rests are saved up to this length, as timers are no finer. */
const MIN_REST_MS = 3;
/** The longest rest, so that one slow turn stops nobody for long. */
const MAX_REST_MS = 20;
/** Amid urgent work lanes are so many times as narrow and short: all ask the same database, and rests slow them down. */
const NARROWER_AMID_URGENT_WORK = 4;

/**
 * Admits requests so that a flood of them delays neither urgent work nor each other's lane. A lane answers a bounded
 * number at once, and of all lanes a bounded number of requests begins in one turn of the event loop. Others wait in
 * short queues, served in turns; beyond those they are refused at once.
 */
export class Admission<Name extends string> {
  readonly #lanes: ReadonlyMap<Name, Lane>;
  readonly #urgent: AdmissionOptions<Name>["urgent"];
  readonly #time: AdmissionTime;
  /** Lanes in the order in which they are served next. */
  readonly #order: Lane[];
  #begun = 0;
  #turnBeganMs = 0;
  #restOwedMs = 0;
  #isResting = false;
  #isTurnDue = false;

  constructor({ lanes, urgent, time = SYSTEM_TIME }: AdmissionOptions<Name>) {
    this.#lanes = new Map(
      Object.entries<LaneBounds>(lanes)
        .map(([name, bounds]) => [name as Name, { ...bounds, running: 0, queue: [] }]),
    );
    this.#order = [...this.#lanes.values()];
    for (const [lane, { queue }] of this.#lanes) {
      ADMISSION_WAITING.observe(() => queue.length, { lane });
      ADMISSION_RUNNING.observe(() => this.#lanes.get(lane)!.running, { lane });
    }
    this.#urgent = urgent;
    this.#time = time;
  }

  /** Whether a request of the lane would be admitted now, at once or after it has waited. */
  hasRoom(name: Name): boolean {
    const lane = this.#lanes.get(name)!;
    return lane.queue.length < this.#now(lane.waiting);
  }

  /**
   * Runs work when its turn comes.
   *
   * @throws {TooManyAtOnce} too many requests of the lane are waiting
   */
  async run<T>(name: Name, work: () => Promise<T>): Promise<T> {
    const lane = this.#lanes.get(name)!;
    if (!this.hasRoom(name)) throw new TooManyAtOnce();
    if (lane.queue.length === 0 && this.#mayBegin(lane)) this.#begin(lane);
    else await new Promise<void>((resolve) => this.#wait(lane, resolve));
    try {
      return await work();
    } finally {
      lane.running--;
      if (lane.queue.length > 0) this.#awaitTurn();
    }
  }

  #mayBegin(lane: Lane): boolean {
    const starts = this.#isAmidUrgentWork ? STARTS_A_TURN_AMID_URGENT_WORK : STARTS_A_TURN;
    return !this.#isResting && this.#begun < starts && lane.running < this.#now(lane.inFlight);
  }

  get #isAmidUrgentWork(): boolean {
    return this.#urgent.beganLately(LATELY_MS);
  }

  /** What a bound is now. */
  #now(bound: number): number {
    return this.#isAmidUrgentWork ? Math.ceil(bound / NARROWER_AMID_URGENT_WORK) : bound;
  }

  #begin(lane: Lane): void {
    if (this.#begun === 0) this.#turnBeganMs = this.#time.nowMs();
    lane.running++;
    this.#begun++;
    this.#awaitTurn();
  }

  #wait(lane: Lane, admit: () => void): void {
    lane.queue.push(admit);
    this.#awaitTurn();
  }

  #awaitTurn(): void {
    if (this.#isTurnDue) return;
    this.#isTurnDue = true;
    this.#time.nextTurn(() => this.#endTurn());
  }

  /** Ends a turn with a rest if one is due, or else takes the next. */
  #endTurn(): void {
    if (!this.#isAmidUrgentWork) this.#restOwedMs = 0;
    else if (this.#begun > 0) {
      this.#restOwedMs += (this.#time.nowMs() - this.#turnBeganMs) * REST_TIMES;
    }
    if (this.#restOwedMs < MIN_REST_MS) return this.#takeTurn();
    this.#isResting = true;
    this.#time.after(() => this.#takeTurn(), Math.min(this.#restOwedMs, MAX_REST_MS));
    this.#restOwedMs = 0;
  }

  #takeTurn(): void {
    this.#isTurnDue = false;
    this.#isResting = false;
    this.#begun = 0;
    for (let lane = this.#next(); lane; lane = this.#next()) {
      this.#begin(lane);
      lane.queue.shift()!();
    }
  }

  /** The next lane of which a waiting request may begin; it is served last after that. */
  #next(): Lane | undefined {
    const at = this.#order.findIndex((lane) => lane.queue.length > 0 && this.#mayBegin(lane));
    if (at < 0) return undefined;
    const [lane] = this.#order.splice(at, 1);
    this.#order.push(lane!);
    return lane;
  }
}
