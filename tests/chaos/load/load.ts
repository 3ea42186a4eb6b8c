import { type Random, randomFrom, seedOfRun } from "@evently/shared/testing";
import type { Findings } from "../findings.ts";
import { pause } from "../servers/supervised.ts";
import { HttpClient } from "./http.ts";
import { Journal, type Purchase } from "./journal.ts";
import { cancel, confirm, readBack, reserve, type Shop } from "./purchase.ts";
import { leave, MAX_WAITED, waitForSeats } from "./waiting.ts";

/** Options of the load. */
export interface LoadOptions {
  origin: string;
  findings: Findings;
  /** Logged-in buyers, one client each. */
  buyers: readonly Buyer[];
  /** Events to buy; the first is small and sells out. */
  eventIds: readonly string[];
  /** A tiny event, which buyers wait for. */
  waitedEventId: string;
}

/** A buyer's account. */
export interface Buyer {
  email: string;
  password: string;
  userId: string;
  token: string;
}

const MAX_QUANTITY = 4;
/** Probabilities in percent. */
const HOT_EVENT_PERCENT = 40;
const REPLAY_PERCENT = 15;
const CONFIRM_PERCENT = 45;
const CANCEL_HOLD_PERCENT = 10;
const CANCEL_TICKET_PERCENT = 30;
const READ_BACK_PERCENT = 30;
const BROWSE_PERCENT = 10;
const WAIT_PERCENT = 12;
const GIVE_BACK_PERCENT = 60;

/** Concurrent clients that buy without pauses; each sends its next request after the previous response. */
export class Load {
  readonly http: HttpClient;
  readonly journal = new Journal();
  readonly #options: LoadOptions;
  #stop = new AbortController();
  #clients: Promise<unknown> = Promise.resolve();
  /** Tickets of the tiny event, by user. */
  readonly #owned = new Map<string, Purchase[]>();

  constructor(options: LoadOptions) {
    this.#options = options;
    this.http = new HttpClient(options.origin, options.findings);
  }

  start(): void {
    this.#stop = new AbortController();
    const { findings, buyers } = this.#options;
    this.#clients = Promise.all(buyers.map((buyer) => {
      // Clients react to responses, so the run's seed repeats only the faults.
      const random = randomFrom(seedOfRun());
      const { http, journal } = this;
      return this.#buy({ http, journal, findings, random, stopped: this.#stop.signal }, buyer);
    }));
  }

  /** Stops the clients and waits for their requests; unanswered purchases stay open in the journal. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#clients;
  }

  /** Has every buyer leave the waitlist, so that the platform can be at rest. */
  async leaveWaitlist(): Promise<void> {
    const { findings, buyers } = this.#options;
    const { http, journal } = this;
    const { signal: stopped } = new AbortController();
    const shop = { http, journal, findings, random: randomFrom(seedOfRun()), stopped };
    await Promise.all(buyers.map(async ({ userId }) => {
      const last = journal.waits.findLast((wait) => wait.userId === userId);
      if (last) await leave(shop, last);
    }));
  }

  async #buy(shop: Shop, buyer: Buyer): Promise<void> {
    while (!shop.stopped.aborted) {
      if (chance(shop.random, BROWSE_PERCENT)) await browse(shop, buyer);
      else if (chance(shop.random, WAIT_PERCENT)) await this.#waitOnce(shop, buyer);
      else await this.#buyOnce(shop, buyer);
    }
  }

  async #buyOnce(shop: Shop, { userId, token }: Buyer): Promise<void> {
    const { random, journal } = shop;
    const { eventIds } = this.#options;
    const eventId = chance(random, HOT_EVENT_PERCENT) ? eventIds[0]! : random.pick(eventIds);
    const quantity = 1 + random.below(MAX_QUANTITY);
    const purchase = journal.open({ userId, token, eventId, quantity });
    await reserve(shop, purchase);
    if (!purchase.reserved) return await pause(0);
    if (chance(random, REPLAY_PERCENT)) await reserve(shop, purchase);
    if (chance(random, CONFIRM_PERCENT)) await confirm(shop, purchase);
    else if (chance(random, CANCEL_HOLD_PERCENT)) await cancel(shop, purchase);
    if (purchase.confirmed && chance(random, CANCEL_TICKET_PERCENT)) await cancel(shop, purchase);
    if (chance(random, READ_BACK_PERCENT)) await readBack(shop, purchase);
    if (chance(random, REPLAY_PERCENT)) await reserve(shop, purchase);
  }

  /** Gives back tickets of the tiny event, buys some, or waits for them. */
  async #waitOnce(shop: Shop, { userId, token }: Buyer): Promise<void> {
    const { waitedEventId: eventId } = this.#options;
    const { random, journal } = shop;
    const owned = this.#owned.get(userId) ?? [];
    this.#owned.set(userId, owned);
    const given = chance(random, GIVE_BACK_PERCENT) ? owned.shift() : undefined;
    if (given) return await cancel(shop, given);
    const purchase = journal.open({
      userId,
      token,
      eventId,
      quantity: 1 + random.below(MAX_WAITED),
    });
    await reserve(shop, purchase);
    if (purchase.reserved) await confirm(shop, purchase);
    const bought = purchase.reserved
      ? purchase
      : await waitForSeats(shop, { userId, token, eventId });
    if (bought && !bought.cancelSent) owned.push(bought);
  }
}

/** Sends one other request, so that no service is idle when a fault is injected. */
async function browse({ http, random }: Shop, { token, email, password }: Buyer): Promise<void> {
  await random.pick([
    () => http.send({ method: "GET", path: "/api/event/events?limit=5" }),
    () => http.send({ method: "GET", path: "/api/search/search?q=chaos" }),
    () => http.send({ method: "GET", path: "/api/user/users/profile", token }),
    () => http.send({ method: "GET", path: "/api/user/users/bookings", token }),
    () => http.send({ method: "POST", path: "/api/user/auth/login", body: { email, password } }),
  ])();
}

function chance(random: Random, percent: number): boolean {
  return random.below(100) < percent;
}
