import type { Clock } from "@evently/shared/clock";
import type { UserSession } from "@evently/shared/auth";
import { Unavailable } from "@evently/shared/errors";
import { encodeMessage, type EventStream, EventStreams, idOfState } from "@evently/shared/http";
import { inParallel } from "@evently/shared/in_parallel";
import { isInLine, type WaitlistEntry } from "../waitlist/entry.ts";
import { type EntryView, viewEntry, type ViewEntryDeps } from "../waitlist/entry_view.ts";
import { toOwnState } from "./live_state.ts";
import type { ChangedUser, LiveBooking, LiveReads } from "./live_sql.ts";
import type { OwnChange } from "./own_news.ts";

/** Streams of a user in one process: a few tabs and devices. */
const MAX_PER_USER = 8;
const MANY_RETRY_S = 30;
/** Users that one pass reads; the rest follow in the next ones. With more that are watched, news from elsewhere is later. */
const MAX_READS = 1_250;
/** What other processes changed is known this much later, or with the pass after. */
const MAX_AGE_MS = 1_000;
/** Bookings are told of this long after they were made, or for twice the longest hold. */
const RECENT_MS = 2 * 3_600_000;
/** Past this time without an answer of the database, what the readers see is too old to be called live. */
const MAX_SILENCE_MS = 5_000;
/** A place near the front is looked at this often, one further back less often; a change of the entry is seen at once. */
const NEAR_PLACES = 5;
const NEAR_AGE_MS = 1_000;
const FAR_AGE_MS = 5_000;
/** Places that are looked at at once. */
const VIEWS_AT_ONCE = 16;
const TOKEN_EXPIRED = encodeMessage({ event: "token_expired", data: {} });

/** One stream of a user. */
interface OwnStream extends EventStream {
  endsAt: Date;
  /** Id of the last message that its reader has. */
  knownId: string | undefined;
}

/** A user with open streams. */
interface Watched {
  userId: string;
  streams: Set<OwnStream>;
  /** When the stores were asked last. */
  readMs: number;
  /** When they last answered. */
  seenMs: number;
  /** Changed since it was read last. */
  isNudged: boolean;
  /** Not told the last time, as it changed while it was read. */
  isHeldBack: boolean;
  bookings: readonly LiveBooking[];
  /** Of `bookings`, by which the next read finds out whether they have changed. */
  digest: string | undefined;
  places: readonly SeenPlace[];
  /** Id of the last message; `undefined` where bookings or places have changed since. */
  toldId: string | undefined;
  /** When the next hold of what was told is over, in ms since 1970. */
  toldUntilMs: number;
}

/** A place in line as it was looked at. */
interface SeenPlace {
  entry: string;
  view: EntryView;
  seenMs: number;
}

export interface LiveBookingsDeps extends ViewEntryDeps {
  reads: LiveReads;
  clock: Clock;
  settings: { maxHoldMs: number; maxStreams: number };
}

/**
 * Tells users of their bookings, payments, places in line and offers as they change. Each message is the whole state, so
 * that a reader may miss any, and go on in any process. A pass reads all users that are due by two statements: those
 * whose state this process changed, and each at least once a second.
 */
export class LiveBookings {
  readonly #deps: LiveBookingsDeps;
  readonly #streams: EventStreams;
  readonly #recentMs: number;
  /** By user, the one that was read longest ago first. */
  readonly #watched = new Map<string, Watched>();
  readonly #nudged = new Set<Watched>();
  /** Who has a booking, of those that are watched. */
  readonly #buyers = new Map<string, Watched>();

  constructor(deps: LiveBookingsDeps) {
    this.#deps = deps;
    this.#streams = new EventStreams({ kind: "users", max: deps.settings.maxStreams });
    this.#recentMs = Math.max(RECENT_MS, 2 * deps.settings.maxHoldMs);
  }

  /**
   * Opens a stream, which the next pass begins with the state, unless the reader has that by its `Last-Event-ID`.
   *
   * @throws {Unavailable} too many streams are open, of this user or of all
   */
  open({ userId, endsAt }: UserSession, lastId: string | undefined): EventStream {
    const watched = this.#watched.get(userId) ?? this.#newlyWatched(userId);
    if (watched.streams.size >= MAX_PER_USER) {
      const text = "You have too many live pages open. Please close some, or read now and then.";
      throw new Unavailable(text, { retryAfterS: MANY_RETRY_S });
    }
    const opened = this.#streams.open(() => this.#forget(watched, stream));
    const stream: OwnStream = Object.assign(opened, { endsAt, knownId: lastId });
    watched.streams.add(stream);
    this.#watched.set(userId, watched);
    this.#nudge(watched);
    return stream;
  }

  /** Has the next pass read a user again, if somebody watches. */
  changed(change: OwnChange): void {
    const watched = "userId" in change
      ? this.#watched.get(change.userId)
      : this.#buyers.get(change.bookingId);
    if (watched) this.#nudge(watched);
  }

  /** A pass: tells what has changed. */
  async tell(): Promise<void> {
    const now = this.#deps.clock.now();
    this.#endTokens(now);
    const due = this.#takeDue(now.getTime());
    if (due.length === 0) return;
    const userIds = due.map(({ userId }) => userId);
    const { reads } = this.#deps;
    const since = new Date(now.getTime() - this.#recentMs);
    const read = await Promise.all([
      reads.listChanged({ users: due, since }),
      reads.listActive({ userIds }),
    ]).catch(() => undefined);
    if (!read) return due.forEach((watched) => endIfSilent(watched, now));
    const changed = new Map(read[0].map((user) => [user.userId, user]));
    const entries = Map.groupBy(read[1], ({ userId }) => userId);
    await inParallel(due, { atOnce: VIEWS_AT_ONCE }, async (watched) => {
      const { userId } = watched;
      this.#takeBookings(watched, changed.get(userId));
      const hasPlaces = await this.#takePlaces(watched, entries.get(userId) ?? []);
      if (hasPlaces) this.#tellUser(watched);
      else endIfSilent(watched, now);
    });
  }

  /** Ends all streams, and opens no further one. */
  close(): void {
    this.#streams.close();
  }

  #newlyWatched(userId: string): Watched {
    return {
      userId,
      streams: new Set(),
      readMs: -Infinity,
      seenMs: this.#deps.clock.now().getTime(),
      isNudged: false,
      isHeldBack: false,
      bookings: [],
      digest: undefined,
      places: [],
      toldId: undefined,
      toldUntilMs: Infinity,
    };
  }

  #forget(watched: Watched, stream: OwnStream): void {
    watched.streams.delete(stream);
    if (watched.streams.size > 0) return;
    this.#watched.delete(watched.userId);
    this.#nudged.delete(watched);
    for (const { bookingId } of watched.bookings) this.#buyers.delete(bookingId);
    watched.bookings = [];
  }

  #nudge(watched: Watched): void {
    watched.isNudged = true;
    this.#nudged.add(watched);
  }

  #endTokens(now: Date): void {
    for (const { streams } of this.#watched.values()) {
      for (const stream of streams) {
        if (stream.endsAt > now) continue;
        stream.send(TOKEN_EXPIRED);
        stream.end();
      }
    }
  }

  /** Those to read now: changed ones first, then the ones that were read longest ago. */
  #takeDue(nowMs: number): Watched[] {
    const due = new Set<Watched>();
    for (const watched of this.#nudged) {
      if (due.size === MAX_READS) break;
      due.add(watched);
    }
    for (const watched of this.#watched.values()) {
      if (due.size === MAX_READS || watched.readMs > nowMs - MAX_AGE_MS) break;
      due.add(watched);
    }
    for (const watched of due) {
      this.#nudged.delete(watched);
      this.#watched.delete(watched.userId);
      this.#watched.set(watched.userId, watched);
      watched.isNudged = false;
      watched.readMs = nowMs;
    }
    return [...due];
  }

  #takeBookings(watched: Watched, changed: ChangedUser | undefined): void {
    if (!changed || watched.streams.size === 0) return;
    for (const { bookingId } of watched.bookings) this.#buyers.delete(bookingId);
    watched.bookings = changed.bookings;
    watched.digest = changed.digest;
    watched.toldId = undefined;
    for (const { bookingId } of watched.bookings) this.#buyers.set(bookingId, watched);
  }

  /**
   * Looks at the places of a user again where the entry has changed, or the place may have.
   *
   * @returns whether all were seen
   */
  async #takePlaces(watched: Watched, entries: readonly WaitlistEntry[]): Promise<boolean> {
    const nowMs = this.#deps.clock.now().getTime();
    const known = new Map(watched.places.map((place) => [place.entry, place]));
    const looking = entries.map(async (entry) => {
      const text = JSON.stringify(entry);
      const place = known.get(text);
      if (place && nowMs - place.seenMs < maxAgeMs(place.view)) return place;
      return { entry: text, view: await viewEntry(this.#deps, entry), seenMs: nowMs };
    });
    const places = await Promise.all(looking).catch(() => undefined);
    if (!places) return false;
    const isSame = places.length === watched.places.length &&
      places.every((place, i) => place === watched.places[i]);
    if (isSame) return true;
    watched.places = places;
    watched.toldId = undefined;
    return true;
  }

  /** Tells a user who has changed. What changed while it was read is told by the next pass, so that nothing goes back. */
  #tellUser(watched: Watched): void {
    const now = this.#deps.clock.now();
    watched.seenMs = now.getTime();
    if (watched.isNudged && !watched.isHeldBack) {
      watched.isHeldBack = true;
      return;
    }
    watched.isHeldBack = false;
    const isKnownTo = ({ knownId }: OwnStream) => knownId === watched.toldId;
    if (
      watched.toldId && now.getTime() < watched.toldUntilMs && [...watched.streams].every(isKnownTo)
    ) return;
    const { bookings, places } = watched;
    const state = toOwnState({ bookings, places: places.map(({ view }) => view) }, now);
    const id = idOfState(state);
    watched.toldId = id;
    watched.toldUntilMs = nextEndMs(bookings, now);
    const behind = [...watched.streams].filter((stream) => !isKnownTo(stream));
    if (behind.length === 0) return;
    const data = { server_time: now.toISOString(), ...state };
    const message = encodeMessage({ event: "state", data, id });
    for (const stream of behind) {
      stream.knownId = id;
      stream.send(message);
    }
  }
}

/** When the first of the holds that still last is over, in ms since 1970. */
function nextEndMs(bookings: readonly LiveBooking[], now: Date): number {
  const ends = bookings.flatMap(({ status, expiresAt }) =>
    status === "pending" && expiresAt > now ? [expiresAt.getTime()] : []
  );
  return Math.min(...ends);
}

function endIfSilent({ streams, seenMs }: Watched, now: Date): void {
  if (now.getTime() - seenMs <= MAX_SILENCE_MS) return;
  for (const stream of [...streams]) stream.end();
}

function maxAgeMs({ entry, position }: EntryView): number {
  return isInLine(entry) && position > NEAR_PLACES ? FAR_AGE_MS : NEAR_AGE_MS;
}
