import { SYSTEM_CLOCK } from "@evently/shared/clock";
import { times } from "@evently/shared/testing";
import { migrateDatabases, seedDatabases } from "../../../services/gateway/prepare_databases.ts";
import type { Buyer } from "./load.ts";
import type { Answer, Call, HttpClient } from "./http.ts";

/** Events and accounts of a run. */
export interface OpenedShop {
  buyers: Buyer[];
  /** Events to buy; the first is small and sells out. */
  eventIds: string[];
  /** A tiny event, which buyers wait for. */
  waitedEventId: string;
  /** Account for health probes; `probeEventId` has no other buyers. */
  probe: Buyer;
  probeEventId: string;
}

const HOT_CAPACITY = 400;
const WAITED_CAPACITY = 6;
const CAPACITY = 1_000_000;
const COOL_EVENTS = 3;
const DAY_MS = 24 * 3_600_000;
const PASSWORD = "11111111";

/** Creates and seeds the databases; the first admin of the demo data organises all events. */
export async function prepareDatabases(server: string): Promise<void> {
  const env = { DATABASE_URL: server, ENVIRONMENT: "development" };
  await migrateDatabases(env, { info: () => {}, warn: () => {} });
  await seedDatabases(env, SYSTEM_CLOCK);
}

/** Creates events and accounts over HTTP. */
export async function openShop(http: HttpClient, buyers: number): Promise<OpenedShop> {
  const { access_token: token } = await sendOrThrow(http, {
    method: "POST",
    path: "/api/event/auth/admin/login",
    body: { email: "admin@example.com", password: PASSWORD },
  });
  const { venue_id } = await sendOrThrow(http, {
    method: "POST",
    path: "/api/event/admin/venues",
    token,
    body: { name: "Chaos Hall", address: "1 Fort Road", city: "Pune", capacity: CAPACITY },
  });
  const capacities = [HOT_CAPACITY, ...times(COOL_EVENTS, () => CAPACITY), CAPACITY];
  const eventIds: string[] = [];
  for (const capacity of capacities) {
    eventIds.push(await publishEvent(http, { token, venue_id, capacity }));
  }
  const waitedEventId = await publishEvent(http, { token, venue_id, capacity: WAITED_CAPACITY });
  const accounts = await Promise.all(times(buyers + 1, () => register(http)));
  return {
    buyers: accounts.slice(1),
    eventIds: eventIds.slice(0, -1),
    waitedEventId,
    probe: accounts[0]!,
    probeEventId: eventIds.at(-1)!,
  };
}

async function publishEvent(
  http: HttpClient,
  { token, venue_id, capacity }: { token: string; venue_id: string; capacity: number },
): Promise<string> {
  const startMs = Date.now() + 30 * DAY_MS;
  const { event_id } = await sendOrThrow(http, {
    method: "POST",
    path: "/api/event/admin/events",
    token,
    body: {
      name: `Chaos with ${capacity} seats`,
      venue_id,
      event_type: "concert",
      start_datetime: new Date(startMs).toISOString(),
      end_datetime: new Date(startMs + DAY_MS).toISOString(),
      total_capacity: capacity,
      base_price: 499.5,
    },
  });
  await sendOrThrow(http, {
    method: "PUT",
    path: `/api/event/admin/events/${event_id}`,
    token,
    body: { status: "published" },
  });
  return event_id;
}

async function register(http: HttpClient): Promise<Buyer> {
  const email = `${crypto.randomUUID()}@example.com`;
  const { user_id, access_token } = await sendOrThrow(http, {
    method: "POST",
    path: "/api/user/auth/register",
    body: { email, password: PASSWORD, name: "Buyer" },
  });
  return { email, password: PASSWORD, userId: user_id, token: access_token };
}

/** Sends a request and throws if it fails; no fault has been injected yet. */
async function sendOrThrow(http: HttpClient, call: Call): Promise<Answer["body"]> {
  const answer = await http.send(call);
  if (!answer || answer.status >= 300) {
    throw new Error(`Cannot open the shop: ${call.path}: ${JSON.stringify(answer)}`);
  }
  return answer.body;
}
