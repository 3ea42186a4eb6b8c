import { type Random, randomFrom, seedOfRun } from "@evently/shared/testing";
import type { Findings } from "../findings.ts";
import { pause } from "../servers/supervised.ts";
import { HttpClient } from "./http.ts";
import { Journal } from "./journal.ts";
import { cancel, confirm, look, reserve, type Shop } from "./purchase.ts";

/** Who buys, and what. */
export interface LoadOptions {
  origin: string;
  findings: Findings;
  /** Buyers who are logged in. */
  buyers: readonly Buyer[];
  /** The first sells out. */
  eventIds: readonly string[];
}

/** A buyer's account. */
export interface Buyer {
  email: string;
  password: string;
  userId: string;
  token: string;
}

const MAX_QUANTITY = 4;
/** Out of a hundred. */
const TO_THE_HOT_EVENT = 40;
const REPLAYS = 15;
const CONFIRMS = 45;
const CANCELS_A_HOLD = 10;
const CANCELS_A_TICKET = 30;
const LOOKS = 30;
const BROWSES = 10;

/** Many clients that buy without a pause, each request after the answer to the one before. */
export class Load {
  readonly http: HttpClient;
  readonly journal = new Journal();
  readonly #options: LoadOptions;
  #stop = new AbortController();
  #clients: Promise<unknown> = Promise.resolve();

  constructor(options: LoadOptions) {
    this.#options = options;
    this.http = new HttpClient(options.origin, options.findings);
  }

  start(): void {
    this.#stop = new AbortController();
    const { findings, buyers } = this.#options;
    this.#clients = Promise.all(buyers.map((buyer) => {
      // What a client does next depends on the answers; only the faults are repeated by the run's seed.
      const random = randomFrom(seedOfRun());
      const { http, journal } = this;
      return this.#buy({ http, journal, findings, random, stopped: this.#stop.signal }, buyer);
    }));
  }

  /** Waits for the requests under way; what had no answer stays open in the journal. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#clients;
  }

  async #buy(shop: Shop, buyer: Buyer): Promise<void> {
    while (!shop.stopped.aborted) {
      if (chance(shop.random, BROWSES)) await browse(shop, buyer);
      else await this.#buyOnce(shop, buyer);
    }
  }

  async #buyOnce(shop: Shop, { userId, token }: Buyer): Promise<void> {
    const { random, journal } = shop;
    const { eventIds } = this.#options;
    const eventId = chance(random, TO_THE_HOT_EVENT) ? eventIds[0]! : random.pick(eventIds);
    const quantity = 1 + random.below(MAX_QUANTITY);
    const purchase = journal.open({ userId, token, eventId, quantity });
    await reserve(shop, purchase);
    if (!purchase.reserved) return await pause(0);
    if (chance(random, REPLAYS)) await reserve(shop, purchase);
    if (chance(random, CONFIRMS)) await confirm(shop, purchase);
    else if (chance(random, CANCELS_A_HOLD)) await cancel(shop, purchase);
    if (purchase.confirmed && chance(random, CANCELS_A_TICKET)) await cancel(shop, purchase);
    if (chance(random, LOOKS)) await look(shop, purchase);
    if (chance(random, REPLAYS)) await reserve(shop, purchase);
  }
}

/** What visitors do besides, so that no service is idle when it is hit. */
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
