/**
 * Sends requests that schemathesis generates from the merged OpenAPI document, as a user and as a super admin, to the
 * disposable platform at `GATEWAY_PORT`.
 *
 * Usage: run.ts SCHEMATHESIS WORK_DIRECTORY SEED
 */
import { join } from "node:path";

const ORIGIN = `http://127.0.0.1:${Deno.env.get("GATEWAY_PORT") ?? "8000"}`;
/** Limit for the whole run; schemathesis is killed after it. */
const TIME_LIMIT_MS = 120_000;
const PASSWORD = "11111111";
const DAY_MS = 86_400_000;

/** Fields read from the platform's answers. */
interface Answer {
  access_token: string;
  events: { event_id: string; available_seats: number }[];
  venue_id: string;
  event_id: string;
  reservation_id: string;
  user_id: string;
}

async function call(
  method: string,
  path: string,
  { token, body }: { token?: string; body?: unknown } = {},
): Promise<Answer> {
  const response = await fetch(ORIGIN + path, {
    method,
    headers: {
      "Content-Type": "application/json",
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer = await response.json();
  if (!response.ok) {
    throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(answer)}`);
  }
  return answer;
}

async function logIn(path: string, email: string): Promise<string> {
  const { access_token } = await call("POST", path, { body: { email, password: PASSWORD } });
  return access_token;
}

/** Creates resources for requests to name and returns their ids: events, a venue, a booking, a user. */
async function createResources(
  { user, admin }: { user: string; admin: string },
): Promise<string[]> {
  const { events } = await call("GET", "/api/event/events");
  const [soldOut, onSale] = [true, false].map((isSoldOut) =>
    events.find(({ available_seats }) => (available_seats === 0) === isSoldOut)
  );
  if (!soldOut || !onSale) throw new Error("a seeded event is sold out, others are on sale");
  const venue = await call("POST", "/api/event/admin/venues", {
    token: admin,
    body: { name: "Hall", address: "1 Fort Road", city: "Pune", capacity: 100 },
  });
  const event = await call("POST", "/api/event/admin/events", {
    token: admin,
    body: {
      name: "Concert",
      venue_id: venue.venue_id,
      event_type: "concert",
      start_datetime: new Date(Date.now() + 30 * DAY_MS).toISOString(),
      end_datetime: new Date(Date.now() + 31 * DAY_MS).toISOString(),
      total_capacity: 100,
      base_price: 10,
    },
  });
  const reservation = await call("POST", "/api/booking/reserve", {
    token: user,
    body: { event_id: onSale.event_id, quantity: 1, idempotency_key: crypto.randomUUID() },
  });
  const { user_id } = await call("GET", "/api/user/users/profile", { token: user });
  return [
    onSale.event_id,
    soldOut.event_id,
    venue.venue_id,
    event.event_id,
    reservation.reservation_id,
    user_id,
  ];
}

async function main([program, directory, seed]: string[]): Promise<number> {
  if (!program || !directory || !seed) {
    throw new Error("Usage: run.ts SCHEMATHESIS WORK_DIRECTORY SEED");
  }
  const user = await logIn("/api/user/auth/login", "user1@example.com");
  const admin = await logIn("/api/event/auth/admin/login", "admin@example.com");
  const ids = await createResources({ user, admin });

  const template = await Deno.readTextFile(new URL("./schemathesis.toml", import.meta.url));
  const configuration = join(directory, "schemathesis.toml");
  await Deno.writeTextFile(configuration, template.replace('["@IDS@"]', () => JSON.stringify(ids)));

  const { code } = await new Deno.Command(program, {
    args: [
      "--no-color",
      "--config-file",
      configuration,
      "run",
      `${ORIGIN}/openapi.json`,
      "--seed",
      seed,
      // With one worker, a seed gives the same requests in the same order.
      "--workers",
      "1",
      "--continue-on-failure",
      "--no-shrink",
      // Streams have no end.
      "--exclude-path-regex",
      "/live$",
      "--phases",
      "coverage,fuzzing",
    ],
    cwd: directory,
    env: { USER_TOKEN: user, ADMIN_TOKEN: admin },
    stdin: "null",
    stdout: "inherit",
    stderr: "inherit",
    signal: AbortSignal.timeout(TIME_LIMIT_MS),
  }).output();
  return code;
}

Deno.exit(await main(Deno.args));
