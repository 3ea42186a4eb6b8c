/** How many seats of an event were free to the public at the inventory's number `seq`. */
export interface SeatsSeen {
  availableSeats: number;
  seq: number;
  /** How many of the house are set aside for a waitlist; absent where the operation changed none of them. */
  setAside?: number;
  /** Seats were only held or sold, so that no ticket type has more left than before. */
  isSale?: boolean;
}

type Listener = (eventId: string, seats: SeatsSeen) => void;

/**
 * What became of the seats of events by what this process did, told to all its services at once: whatever they
 * remember of an event's seats is then no older than that. Other processes hear nothing.
 */
export class SeatNews {
  readonly #listeners: Listener[] = [];

  /** Has `listener` told from now on, as long as the process lives. News may come twice, and in any order. */
  listen(listener: Listener): void {
    this.#listeners.push(listener);
  }

  tell(eventId: string, seats: SeatsSeen): void {
    for (const listener of this.#listeners) listener(eventId, seats);
  }
}

/** Tells what an operation left of the event of each batch; returns its results, which are in the order of the batches. */
export function tellEach<Result extends SeatsSeen>(
  seatNews: Pick<SeatNews, "tell">,
  results: Result[],
  { batches, isSale }: { batches: readonly { eventId: string }[]; isSale: boolean },
): Result[] {
  results.forEach(({ availableSeats, seq, setAside }, i) =>
    seatNews.tell(batches[i]!.eventId, {
      availableSeats,
      seq,
      isSale,
      ...(setAside === undefined ? {} : { setAside }),
    })
  );
  return results;
}
