import { DEFAULT_CURRENCY } from "@evently/shared/money";

/**
 * A span of time during which an index gives a search the same answer whenever it is asked. Compared by identity: an
 * index returns the same object until its answers may differ.
 */
export interface Edition {
  /** Time of all searches of the edition: no event begins or ends, and no sale, from here to the edition's end. */
  readonly now: Date;
  /** The currency that most events have; prices are compared in it where a search names no other. */
  readonly currency: string;
}

/** What is known of the events beside what they are searched by. */
export interface Outlook {
  /** The first time at which an event begins or ends, or has other seats; `undefined` if there is none. */
  nextBorder: Date | undefined;
  /** The currency that most events have, the first by name of several; `undefined` if there are none. */
  currency: string | undefined;
}

/** What {@link Editions} asks of an index. */
export interface EditionSource {
  /** Identifies what searches see; another text after each write of any process, once it is visible. */
  state(): Promise<string>;
  /** Of the time after `now`, and of the events that have not ended by then. */
  outlook(now: Date): Promise<Outlook>;
}

/** Time for which the writes of other processes may go unnoticed. */
const MAX_AGE_MS = 250;
/** Age at which a search has the state read anew without waiting for it. */
const LOOK_AHEAD_MS = 150;

interface Seen {
  edition: Edition;
  state: string;
  /** Exclusive end; `Infinity` if no border is known. */
  untilMs: number;
  /** Time at which the state was last asked for. */
  seenMs: number;
}

/** Tells searches apart that may have different answers. While nobody asks, nothing is read. */
export class Editions {
  readonly #source: EditionSource;
  #current: Seen | undefined;
  #look: { begunMs: number; edition: Promise<Edition> } | undefined;
  /** Raised by {@link end}; a look that began before may have missed the write. */
  #ended = 0;

  constructor(source: EditionSource) {
    this.#source = source;
  }

  /** The edition of a search at `now`; the searches' clock is that of the editions. */
  at(now: Date): Promise<Edition> {
    const nowMs = now.getTime();
    const current = this.#current;
    if (!current || !isWithin(current, nowMs) || !isYoung(current.seenMs, nowMs)) {
      return this.#read(now);
    }
    // A failure shows once a search has to wait for the state.
    if (nowMs - current.seenMs >= LOOK_AHEAD_MS) this.#read(now).catch(() => {});
    return Promise.resolve(current.edition);
  }

  /** Ends the edition after a write of this process, so that every later search sees the write. */
  end(): void {
    this.#ended++;
    this.#current = this.#look = undefined;
  }

  #read(now: Date): Promise<Edition> {
    const nowMs = now.getTime();
    if (this.#look && isYoung(this.#look.begunMs, nowMs)) return this.#look.edition;
    const look = { begunMs: nowMs, edition: this.#lookAt(now) };
    this.#look = look;
    const done = () => {
      if (this.#look === look) this.#look = undefined;
    };
    look.edition.then(done, done);
    return look.edition;
  }

  async #lookAt(now: Date): Promise<Edition> {
    const seenMs = now.getTime();
    const ended = this.#ended;
    const state = await this.#source.state();
    const current = this.#current;
    if (ended === this.#ended && current?.state === state && isWithin(current, seenMs)) {
      current.seenMs = Math.max(current.seenMs, seenMs);
      return current.edition;
    }
    const { nextBorder, currency = DEFAULT_CURRENCY } = await this.#source.outlook(now);
    const untilMs = nextBorder?.getTime() ?? Infinity;
    const edition = { now, currency };
    const isNewest = (this.#current?.seenMs ?? -Infinity) <= seenMs;
    if (ended === this.#ended && isNewest) this.#current = { edition, state, untilMs, seenMs };
    return edition;
  }
}

function isWithin({ edition, untilMs }: Seen, nowMs: number): boolean {
  return nowMs >= edition.now.getTime() && nowMs < untilMs;
}

/** False also if the clock was set back. */
function isYoung(sinceMs: number, nowMs: number): boolean {
  return nowMs >= sinceMs && nowMs - sinceMs < MAX_AGE_MS;
}
