import { type Pause, SYSTEM_PAUSE } from "../clock.ts";
import { UrgentWork } from "../urgent_work.ts";
import type { Argon2 } from "./argon2/argon2.ts";
import { HASHING_THREADS, openArgon2 } from "./argon2/open.ts";
import { Lane } from "./lane.ts";
import { passwordCandidates, preparePassword } from "./password_text.ts";

/** Some 4 s of work, at 15 ms each; a caller who came later would only give up waiting. */
const MAX_WAITING_A_THREAD = 250;
/** Some 8 s of work, as each takes that much longer. */
const MAX_WAITING_A_THREAD_AMID_URGENT_WORK = 32;
/** Amid urgent work a thread rests for this many times as long as it hashed: it hashes a sixteenth of the time. */
const REST_TIMES = 15;
/** Urgent work that began so lately counts as under way; also how often a rest asks. */
const LATELY_MS = 20;

/** Clock and timer used by a {@link PasswordHasher}; replaced in tests. */
export interface HashingTime {
  /** Of a clock that never goes back. */
  nowMs: () => number;
  pause: Pause;
}

const SYSTEM_TIME: HashingTime = { nowMs: () => performance.now(), pause: SYSTEM_PAUSE };

/**
 * No password is known to match it (its salt and digest are random). It costs what real hashes cost.
 * @see ARGON2_COST
 */
const NOBODYS_HASH =
  "$argon2id$v=19$m=19456,t=2,p=1$wnawgT6BhBO3kipvDLrE6Q$INhJWiEdoV/nCAPmev8Ho4SEQ41oCZMJilbAN6fGHmc";

/** Hashed in place of a text that is longer than any password. */
const TOO_LONG = "too long to be a password";

/**
 * What became of a password that was verified. `outdated`: it is right, but the hash was made of another form of
 * its text than {@link PasswordHasher.hash} uses now.
 */
export type PasswordMatch = "none" | "current" | "outdated";

/**
 * Hashes and verifies passwords by argon2id: PHC strings such as `$argon2id$v=19$m=19456,t=2,p=1$…`. Native code
 * works beside the event loop; WebAssembly, where that does not load, holds it up.
 *
 * Hashing has a lane of its own. After each hash its thread rests for as long as urgent work goes on, at most
 * {@link REST_TIMES} times as long as the hash took: a flood of log-ins waits here instead of taking a core from
 * bookings, and bookings never hold up log-ins altogether.
 */
export class PasswordHasher {
  readonly #open: () => Promise<Argon2>;
  readonly #urgent: UrgentWork;
  readonly #time: HashingTime;
  readonly #lane: Lane;
  #resting = 0;
  #argon2: Promise<Argon2> | undefined;

  /**
   * @param options.urgent what hashing makes way for; nothing, by default
   * @param options.open for tests: another implementation
   * @param options.time for tests: another time
   */
  constructor({ urgent = new UrgentWork(), open = openArgon2, time = SYSTEM_TIME }: {
    urgent?: UrgentWork;
    open?: () => Promise<Argon2>;
    time?: HashingTime;
  } = {}) {
    this.#open = open;
    this.#urgent = urgent;
    this.#time = time;
    this.#lane = new Lane({
      width: HASHING_THREADS,
      maxWaiting: () =>
        HASHING_THREADS *
        (this.#resting > 0 ? MAX_WAITING_A_THREAD_AMID_URGENT_WORK : MAX_WAITING_A_THREAD),
      rest: (tookMs) => this.#rest(tookMs),
      nowMs: time.nowMs,
    });
  }

  /**
   * For whoever would do something before: nothing is worth it when the lane is full.
   *
   * @throws {Unavailable} too many wait already
   */
  assertRoom(): void {
    this.#lane.assertRoom();
  }

  /**
   * A salted hash of the password, in its one form.
   *
   * @throws {RangeError} the password is longer than any may be
   * @throws {Unavailable} too many wait already
   */
  async hash(password: string): Promise<string> {
    const prepared = preparePassword(password);
    if (prepared === undefined) throw new RangeError("Cannot hash a password of such a length");
    return await this.#inLane((argon2) => argon2.hash(toBytes(prepared)));
  }

  /**
   * Whether `hash` was made of this password.
   *
   * WARNING: where there is no such account, pass `undefined` instead of returning early: the answer is `none`
   * after the same work, so that the time taken does not tell which accounts exist. A text that is longer than any
   * password costs that work, too, and no more.
   *
   * @throws {Unavailable} too many wait already
   */
  async verify(password: string, hash: string | undefined): Promise<PasswordMatch> {
    const candidates = passwordCandidates(password);
    if (candidates.length === 0) {
      await this.#verify(TOO_LONG, undefined);
      return "none";
    }
    for (const [tried, candidate] of candidates.entries()) {
      if (await this.#verify(candidate, hash)) return tried === 0 ? "current" : "outdated";
    }
    return "none";
  }

  async #verify(text: string, hash: string | undefined): Promise<boolean> {
    const matches = await this.#inLane((argon2) =>
      argon2.verify(toBytes(text), hash ?? NOBODYS_HASH)
    );
    return matches && hash !== undefined;
  }

  async #inLane<T>(work: (argon2: Argon2) => Promise<T>): Promise<T> {
    this.assertRoom();
    this.#argon2 ??= this.#open();
    const argon2 = await this.#argon2;
    return await this.#lane.run(() => work(argon2));
  }

  async #rest(tookMs: number): Promise<void> {
    const endMs = this.#time.nowMs() + tookMs * REST_TIMES;
    this.#resting++;
    for (let leftMs = tookMs * REST_TIMES; leftMs > 0; leftMs = endMs - this.#time.nowMs()) {
      if (!this.#urgent.beganLately(LATELY_MS)) break;
      await this.#time.pause(Math.min(leftMs, LATELY_MS));
    }
    this.#resting--;
  }
}

/** The same bytes for every implementation, whatever the text. */
function toBytes(password: string): Uint8Array {
  return new TextEncoder().encode(password);
}
