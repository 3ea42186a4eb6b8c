import { Lane } from "../work_lane.ts";
import { SYSTEM_YIELDING, UrgentWork, type YieldingTime } from "../urgent_work.ts";
import { type Argon2, HASHING_THREADS, openArgon2 } from "./argon2.ts";
import { passwordCandidates, preparePassword } from "./password_text.ts";

/** Queue length per thread: about 4 s of work at 15 ms each; later callers would give up waiting. */
const MAX_WAITING_A_THREAD = 250;
/** Queue length per thread amid urgent work: about 8 s, as each hash is followed by a rest. */
const MAX_WAITING_A_THREAD_AMID_URGENT_WORK = 32;
/** Amid urgent work a thread rests this many times as long as it hashed, so it hashes a sixteenth of the time. */
const REST_TIMES = 15;
/** Urgent work that began within this time counts as running; also the polling interval of a rest. */
const LATELY_MS = 20;

/** Hash that no known password matches (salt and digest are random), with the cost of {@link ARGON2_COST}. */
const NOBODYS_HASH =
  "$argon2id$v=19$m=19456,t=2,p=1$wnawgT6BhBO3kipvDLrE6Q$INhJWiEdoV/nCAPmev8Ho4SEQ41oCZMJilbAN6fGHmc";

/** Verified in place of a text that is longer than any password. */
const TOO_LONG = "too long to be a password";

/**
 * Result of a verification. `outdated`: the password is right, but the hash was made of an older form of its text than
 * {@link PasswordHasher.hash} uses.
 */
export type PasswordMatch = "none" | "current" | "outdated";

/**
 * Hashes and verifies passwords by argon2id: PHC strings such as `$argon2id$v=19$m=19456,t=2,p=1$…`. Native code runs
 * beside the event loop; the WebAssembly fallback blocks it.
 *
 * After each hash its thread rests while urgent work is running, at most {@link REST_TIMES} times as long as the hash
 * took. So a flood of log-ins queues here instead of taking a core from bookings, and bookings never stop log-ins.
 */
export class PasswordHasher {
  readonly #open: () => Promise<Argon2>;
  readonly #urgent: UrgentWork;
  readonly #time: YieldingTime;
  readonly #lane: Lane;
  #resting = 0;
  #argon2: Promise<Argon2> | undefined;

  /**
   * @param options.urgent work that hashing yields to; none by default
   * @param options.open opens the implementation; replaced in tests
   * @param options.time clock and timer; replaced in tests
   */
  constructor({ urgent = new UrgentWork(), open = openArgon2, time = SYSTEM_YIELDING }: {
    urgent?: UrgentWork;
    open?: () => Promise<Argon2>;
    time?: YieldingTime;
  } = {}) {
    this.#open = open;
    this.#urgent = urgent;
    this.#time = time;
    this.#lane = new Lane({
      name: "hash passwords",
      width: HASHING_THREADS,
      maxWaiting: () =>
        HASHING_THREADS *
        (this.#resting > 0 ? MAX_WAITING_A_THREAD_AMID_URGENT_WORK : MAX_WAITING_A_THREAD),
      rest: (tookMs) => this.#rest(tookMs),
      nowMs: time.nowMs,
    });
  }

  /**
   * Throws early, for callers that have other work to do before they hash.
   *
   * @throws {Unavailable} too many passwords are waiting
   */
  assertRoom(): void {
    this.#lane.assertRoom();
  }

  /**
   * Returns a salted hash of the password in its canonical form.
   *
   * @throws {RangeError} the password is too long
   * @throws {Unavailable} too many passwords are waiting
   */
  async hash(password: string): Promise<string> {
    const prepared = preparePassword(password);
    if (prepared === undefined) throw new RangeError("Cannot hash a password of such a length");
    return await this.#inLane((argon2) => argon2.hash(toBytes(prepared)));
  }

  /**
   * Whether `hash` was made of this password.
   *
   * WARNING: if there is no such account, pass `undefined` instead of returning early. The result is `none` after the
   * same work, so that response times do not reveal accounts. A text that is too long costs the same work.
   *
   * @throws {Unavailable} too many passwords are waiting
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
    this.#resting++;
    await this.#urgent.rest(tookMs * REST_TIMES, { withinMs: LATELY_MS, time: this.#time });
    this.#resting--;
  }
}

/** UTF-8 bytes of a text. */
function toBytes(password: string): Uint8Array {
  return new TextEncoder().encode(password);
}
