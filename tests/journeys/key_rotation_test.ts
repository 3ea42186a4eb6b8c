/** Secrets are replaced on running processes as docs/security.md has it, while people use the platform. */
import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { createStores, type FiveProcesses, startProcesses } from "./five_processes.ts";
import { eventually } from "./platform.ts";

const OLD = { jwt: "the-old-jwt-secret-0123456789abcdef", key: "the-old-internal-key" };
const NEW = { jwt: "the-new-jwt-secret-0123456789abcdef", key: "the-new-internal-key" };

/** The steps of a rotation: the variables of each. */
const STEPS = [
  {
    JWT_SECRET: OLD.jwt,
    JWT_SECRET_NEXT: NEW.jwt,
    INTERNAL_API_KEY: OLD.key,
    INTERNAL_API_KEY_NEXT: NEW.key,
  },
  {
    JWT_SECRET: NEW.jwt,
    JWT_SECRET_PREVIOUS: OLD.jwt,
    INTERNAL_API_KEY: NEW.key,
    INTERNAL_API_KEY_PREVIOUS: OLD.key,
  },
  { JWT_SECRET: NEW.jwt, INTERNAL_API_KEY: NEW.key },
];

/** Processes that are restarted together, so that old and new ones call each other in between, both ways. */
const GROUPS = [["user", "booking"], ["event", "search"]] as const;

/** More than the holds that a restart leaves behind. */
const MANY_SEATS = 200;

// deno-lint-ignore no-explicit-any -- the document says what answers are
type Json = any;

/** Somebody with a session of the old secret. */
interface Session {
  access_token: string;
  refresh_token: string;
}

Deno.test("secrets are replaced on running processes: no log-in is lost, and the old ones are refused", async () => {
  await using stores = await createStores();
  await using processes = await startProcesses({
    ...stores.variables,
    JWT_SECRET: OLD.jwt,
    INTERNAL_API_KEY: OLD.key,
    BOOKING_RATE_LIMIT_PER_MINUTE: "0",
  });
  const { call } = processes;
  const { body: { events } } = await call("GET", "/api/event/events");
  const event = events.find(({ available_seats: seats }: Json) => seats > MANY_SEATS);
  const [user, idle, admin] = await Promise.all([
    logIn(processes, "/api/user/auth/login", "user1@example.com"),
    logIn(processes, "/api/user/auth/login", "user2@example.com"),
    logIn(processes, "/api/event/auth/admin/login", "admin@example.com"),
  ]);
  const seen = { answers: 0, unavailable: 0, other: new Set<string>() };
  /** Tokens that people use; the user's is fetched anew all the time, the others stay those of the old secret. */
  const used = { latest: user.access_token, user: idle.access_token, admin: admin.access_token };
  let refreshToken = user.refresh_token;
  let adminRefresh = admin.refresh_token;

  /** What people do; a service that restarts is 503, and nothing else may go wrong. */
  async function round(): Promise<boolean> {
    const reserve = { event_id: event.event_id, quantity: 1, idempotency_key: newId() };
    const answers: [string, number][] = [];

    async function send(
      method: string,
      path: string,
      { token, body }: { token?: string; body?: unknown },
    ) {
      const answer = await call(method, path, { ...(token ? { token } : {}), body });
      answers.push([`${method} ${path} ${answer.body?.code}`, answer.status]);
      return answer;
    }
    const mine = { token: used.user };
    await send("GET", "/api/user/users/profile", mine);
    await send("GET", "/api/user/users/bookings", mine);
    await send("GET", "/api/event/admin/events", { token: used.admin });
    const held = await send("POST", "/api/booking/bookings/reserve", { ...mine, body: reserve });
    if (held.status === 200) {
      await send("DELETE", `/api/booking/bookings/${held.body.reservation_id}`, mine);
    }
    const refreshed = await send("POST", "/api/user/auth/refresh", {
      body: { refresh_token: refreshToken },
    });
    if (refreshed.status === 200) {
      refreshToken = refreshed.body.refresh_token;
      used.latest = refreshed.body.access_token;
    }
    await send("GET", "/api/booking/waitlist/position?event_id=" + event.event_id, {
      token: used.latest,
    });
    for (const [what, status] of answers) {
      if (status === 503) seen.unavailable++;
      else if (status < 300 || status === 404) seen.answers++;
      else seen.other.add(`${what}: ${status}`);
    }
    return answers.every(([, status]) => status !== 503);
  }

  for (const [step, variables] of STEPS.entries()) {
    for (const group of GROUPS) {
      let restarted = false;
      const restart = Promise.all(group.map(async (name) => {
        processes.services.get(name)!.signal("SIGTERM");
        await processes.restart(name, { ...withoutOthers(), ...variables });
      })).then(() => restarted = true);
      await eventually("everything answers", async () => await round() && restarted);
      await restart;
      assert.deepEqual([...seen.other], [], `step ${step + 1}, ${group.join(" and ")}`);
    }
    if (step === 1) {
      assert.deepEqual(await internalStatuses(processes), { old: 200, new: 200 });
      // The last step is taken once the access tokens of the old secret have expired; by then all are new.
      used.user = used.latest;
      const refreshed = await call("POST", "/api/event/auth/admin/refresh", {
        body: { refresh_token: admin.refresh_token },
      });
      used.admin = refreshed.body.access_token;
      adminRefresh = refreshed.body.refresh_token;
    }
  }

  assert.ok(seen.answers > 50, JSON.stringify(seen));
  assert.notEqual(kidOf(used.latest), kidOf(idle.access_token));
  for (const path of ["/api/user/users/profile", "/api/booking/live"]) {
    assert.equal((await call("GET", path, { token: idle.access_token })).status, 401, path);
  }
  const admins = await call("GET", "/api/event/admin/events", { token: admin.access_token });
  assert.equal(admins.status, 401);
  assert.deepEqual(await internalStatuses(processes), { old: 403, new: 200 });
  // Log-ins of before go on: also one that nobody used meanwhile.
  const sessions = [["/api/user/auth", idle.refresh_token], [
    "/api/event/auth/admin",
    adminRefresh,
  ]];
  for (const [path, token] of sessions) {
    const refreshed = await call("POST", `${path}/refresh`, { body: { refresh_token: token } });
    assert.equal(refreshed.status, 200, path);
  }
});

async function logIn({ call }: FiveProcesses, path: string, email: string): Promise<Session> {
  const { status, body } = await call("POST", path, { body: { email, password: "11111111" } });
  assert.equal(status, 200);
  return body;
}

/** Nothing is left of the variables of the step before. */
function withoutOthers(): Record<string, string> {
  return Object.fromEntries(
    ["JWT_SECRET", "INTERNAL_API_KEY"].flatMap((name) => [[`${name}_NEXT`, ""], [
      `${name}_PREVIOUS`,
      "",
    ]]),
  );
}

/** How the user service answers to each of the internal keys. */
async function internalStatuses({ urls }: FiveProcesses) {
  const statusOf = async (key: string) => {
    const response = await fetch(`${urls.user}/internal/users/batch`, {
      method: "POST",
      headers: { "X-API-Key": key, "Content-Type": "application/json" },
      body: JSON.stringify({ user_ids: [newId()] }),
    });
    await response.body?.cancel();
    return response.status;
  };
  return { old: await statusOf(OLD.key), new: await statusOf(NEW.key) };
}

function kidOf(token: string): string {
  return JSON.parse(atob(token.split(".")[0]!)).kid;
}
