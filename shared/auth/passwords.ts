import { Coalescer } from "../batch/mod.ts";
import { UrgentWork } from "../urgent_work.ts";
import type { Argon2 } from "./argon2/argon2.ts";
import { HASHING_THREADS, openArgon2 } from "./argon2/open.ts";
import { Pace, type PaceTime } from "./pace.ts";
import { passwordCandidates, preparePassword } from "./password_text.ts";

/** Some 4 s of work, at 15 ms each; whoever comes later would only give up waiting. */
const MAX_WAITING_A_THREAD = 250;
/** What hashing may take of each of its threads while urgent work is about. */
const SHARE_AMID_URGENT_WORK = 0.05;
/** Some 8 s of work, as each takes that much longer. */
const MAX_WAITING_A_THREAD_AMID_URGENT_WORK = 24;

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
 * Hashes and verifies passwords by argon2id, off the event loop: PHC strings such as
 * `$argon2id$v=19$m=19456,t=2,p=1$…`.
 *
 * It has a lane of its own, on threads that everything else in this process goes before, and of little capacity
 * amid urgent work, so that a flood of log-ins waits here. Native code where it loads, else WebAssembly, else in
 * place.
 */
export class PasswordHasher {
  readonly #open: () => Promise<Argon2>;
  readonly #lane = new Coalescer<() => Promise<unknown>, unknown>({
    run: ([work]) => Promise.all([work!()]),
    max_batch: 1,
    max_in_flight: HASHING_THREADS,
    max_queue: () =>
      HASHING_THREADS *
      (this.#paced ? MAX_WAITING_A_THREAD_AMID_URGENT_WORK : MAX_WAITING_A_THREAD),
  });
  readonly #pace: Pace;
  readonly #urgentLately: () => boolean;
  /** Whether urgent work was about when the last hash began. */
  #paced = false;
  #argon2: Promise<Argon2> | undefined;

  /**
   * @param options.urgent what hashing makes way for; nothing, by default
   * @param options.open for tests: another implementation
   * @param options.time for tests: another time
   */
  constructor({ urgent = new UrgentWork(), open = openArgon2, time }: {
    urgent?: UrgentWork;
    open?: () => Promise<Argon2>;
    time?: PaceTime;
  } = {}) {
    this.#open = open;
    this.#urgentLately = urgent.watch();
    this.#pace = new Pace(SHARE_AMID_URGENT_WORK * HASHING_THREADS, time);
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
  hash(password: string): Promise<string> {
    const prepared = preparePassword(password);
    if (prepared === undefined) throw new RangeError("Cannot hash a password of such a length");
    return this.#inLane((argon2) => argon2.hash(toBytes(prepared)));
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

  #inLane<T>(work: (argon2: Argon2) => Promise<T>): Promise<T> {
    return this.#lane.submit(() => this.#run(work)) as Promise<T>;
  }

  async #run<T>(work: (argon2: Argon2) => Promise<T>): Promise<T> {
    this.#argon2 ??= this.#open();
    const argon2 = await this.#argon2;
    this.#paced = this.#urgentLately();
    return await this.#pace.run(() => work(argon2), { paced: this.#paced });
  }
}

/** The same bytes for every implementation, whatever the text. */
function toBytes(password: string): Uint8Array {
  return new TextEncoder().encode(password);
}
