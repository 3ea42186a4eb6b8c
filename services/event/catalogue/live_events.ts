import type { Clock } from "@evently/shared/clock";
import { DEFAULT_MAX_STREAMS } from "@evently/shared/config";
import { encodeMessage, type EventStream, EventStreams, idOfState } from "@evently/shared/http";
import { inParallel } from "@evently/shared/in_parallel";
import type { PublicEvents, SeenEvent } from "./public_events.ts";
import { toAvailability } from "./wire.ts";

/** Events that are read at once, so that a pass leaves connections to the requests. */
const READS_AT_ONCE = 4;
/** Past this time without an answer of the database, what the readers see is too old to be called live. */
const MAX_SILENCE_MS = 5_000;
const GONE = encodeMessage({ event: "gone", data: {} });

/** An event with open streams. */
interface Watched {
  streams: Set<EventStream>;
  /** What they were told last; nothing yet, as the first of them comes. */
  last: Told | undefined;
  /** When that was last known to be so. */
  seenMs: number;
}

/** Availability as it is sent, and the id of it: the same in every process. */
interface Told {
  id: string;
  message: Uint8Array<ArrayBuffer>;
}

/**
 * Tells readers of the seats of events as they change. Each message is the whole availability, so that a reader may miss
 * any, and go on in any process. A pass reads each watched event once, however many watch it.
 */
export class LiveEvents {
  readonly #publicEvents: Pick<PublicEvents, "find">;
  readonly #clock: Clock;
  readonly #streams: EventStreams;
  readonly #watched = new Map<string, Watched>();

  constructor({ publicEvents, clock, maxStreams = DEFAULT_MAX_STREAMS }: {
    publicEvents: Pick<PublicEvents, "find">;
    clock: Clock;
    maxStreams?: number | undefined;
  }) {
    this.#publicEvents = publicEvents;
    this.#clock = clock;
    this.#streams = new EventStreams({ kind: "events", max: maxStreams });
  }

  /**
   * Opens a stream that begins with the availability, unless the reader has that by its `Last-Event-ID`.
   *
   * @throws {Unavailable} too many streams are open
   */
  watch(event: PublicSeenEvent, lastId: string | undefined): EventStream {
    const { eventId } = event;
    const stream = this.#streams.open(() => this.#forget(eventId, stream));
    const watched = this.#watched.get(eventId) ??
      { streams: new Set(), last: undefined, seenMs: 0 };
    this.#watched.set(eventId, watched);
    this.#tellAll(watched, event);
    watched.streams.add(stream);
    if (watched.last!.id !== lastId) stream.send(watched.last!.message);
    return stream;
  }

  /** A pass: tells what has changed. */
  async tell(): Promise<void> {
    await inParallel(
      [...this.#watched],
      { atOnce: READS_AT_ONCE },
      ([eventId, watched]) => this.#tellOf(eventId, watched),
    );
  }

  /** Ends all streams, and opens no further one. */
  close(): void {
    this.#streams.close();
  }

  #forget(eventId: string, stream: EventStream): void {
    const watched = this.#watched.get(eventId);
    watched?.streams.delete(stream);
    if (watched?.streams.size === 0) this.#watched.delete(eventId);
  }

  async #tellOf(eventId: string, watched: Watched): Promise<void> {
    let event: SeenEvent | undefined;
    try {
      event = await this.#publicEvents.find(eventId);
    } catch {
      const silenceMs = this.#clock.now().getTime() - watched.seenMs;
      return silenceMs > MAX_SILENCE_MS ? endAll(watched) : undefined;
    }
    if (!isPublic(event)) {
      for (const stream of watched.streams) stream.send(GONE);
      return endAll(watched);
    }
    this.#tellAll(watched, event);
  }

  /** Tells all who watch an event, if it has changed. */
  #tellAll(watched: Watched, event: PublicSeenEvent): void {
    const now = this.#clock.now();
    watched.seenMs = now.getTime();
    const told = toldOf(event, now);
    if (told.id === watched.last?.id) return;
    watched.last = told;
    for (const stream of watched.streams) stream.send(told.message);
  }
}

/** An event that the public sees. */
export type PublicSeenEvent = SeenEvent & { status: Exclude<SeenEvent["status"], "draft"> };

/** Whether the public sees this event. */
export function isPublic(event: SeenEvent | undefined): event is PublicSeenEvent {
  return event !== undefined && event.status !== "draft";
}

function toldOf(event: PublicSeenEvent, now: Date): Told {
  const data = toAvailability(event, now);
  const { last_updated: _, ...seats } = data;
  const id = idOfState(seats);
  return { id, message: encodeMessage({ event: "availability", data, id }) };
}

function endAll({ streams }: Watched): void {
  for (const stream of [...streams]) stream.end();
}
