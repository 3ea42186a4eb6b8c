import assert from "node:assert/strict";
import { createLogger } from "@evently/shared/log";
import { eventually, startTestPlatform } from "./platform.ts";

const EXPORTED = ["access_token", "refresh_token"];

/** Secret values of a journey, by description. */
class Secrets {
  readonly #values = new Map<string, string>();

  /** Records a secret and returns it. */
  add(what: string, value: string): string {
    assert.ok(value.length >= 8, `${what} is too short to search for`);
    this.#values.set(what, value);
    return value;
  }

  /** Creates and records a random secret. */
  make(what: string): string {
    return this.add(what, `${what.replaceAll(" ", "-")}-${crypto.randomUUID()}`);
  }

  foundIn(text: string): string[] {
    return [...this.#values].filter(([, value]) => text.includes(value)).map(([what]) => what);
  }
}

Deno.test("a whole journey logs no secret at level debug", async () => {
  let lines = "";
  const log = createLogger({ level: "debug", write: (line) => lines += line });
  const secrets = new Secrets();
  const apiKey = secrets.make("internal key");
  await using platform = await startTestPlatform({ INTERNAL_API_KEY: apiKey }, { log });
  const call: typeof platform.call = async (method, path, options) => {
    const answer = await platform.call(method, path, options);
    for (const name of EXPORTED) {
      if (answer.body?.[name]) secrets.add(`${name} of ${method} ${path}`, answer.body[name]);
    }
    return answer;
  };

  const email = `${secrets.make("email")}@example.com`;
  const password = secrets.make("password");
  const name = "A Buyer";
  const registered = await call("POST", "/api/user/auth/register", {
    body: { email, password, name, phone_number: secrets.add("phone", "+49 170 5550177") },
  });
  assert.equal(registered.status, 201, JSON.stringify(registered.body));
  await call("POST", "/api/user/auth/register", { body: { email, password, name } });
  const wrong = { email, password: secrets.make("wrong password") };
  assert.equal((await call("POST", "/api/user/auth/login", { body: wrong })).status, 401);
  const { body: user } = await call("POST", "/api/user/auth/login", { body: { email, password } });
  const refreshed = await call("POST", "/api/user/auth/refresh", { token: user.refresh_token });
  assert.equal(refreshed.status, 200);
  const stranger = secrets.make("stranger token");
  await call("GET", "/api/user/users/profile", { token: stranger });
  await call("POST", "/api/user/auth/refresh", { body: { refresh_token: stranger } });

  const { event_id } = await eventually("search is filled", async () => {
    const query = secrets.make("query");
    await call("GET", `/api/search/search?q=${query}&city=${query}`);
    return (await call("GET", "/api/search/search?q=diwali")).body.results?.[0];
  });
  const token = user.access_token;
  const reserve = (idempotencyKey: string, quantity = 2) =>
    call("POST", "/api/booking/bookings/reserve", {
      token,
      body: { event_id, quantity, idempotency_key: idempotencyKey },
    });
  const key = secrets.make("idempotency key");
  const reserved = await reserve(key);
  assert.equal(reserved.status, 200, JSON.stringify(reserved.body));
  assert.equal((await reserve(key)).status, 200);
  assert.equal((await reserve(key, 1)).status, 422);
  const { reservation_id } = reserved.body;
  const confirm = (paymentToken: string) =>
    call("POST", "/api/booking/bookings/confirm", {
      token,
      body: { reservation_id, payment_token: paymentToken, payment_method: "card" },
    });
  const paid = await confirm(secrets.make("payment token"));
  assert.equal(paid.status, 200, JSON.stringify(paid.body));
  await confirm(secrets.make("other payment token"));

  const { ticket_url } = paid.body;
  const code = secrets.add("ticket code", ticket_url.split("/").at(-1));
  assert.equal((await call("GET", ticket_url)).body.status, "valid");
  // Mistyped and rewritten requests: unknown paths, an unsupported method, an extra query.
  await call("GET", `/api/booking/ticket/${code}`);
  await call("GET", `/api/booking/tickets/${code}/`);
  await call("GET", `/tickets/${code}`);
  await call("POST", ticket_url);
  await call("GET", `${ticket_url}?token=${secrets.make("query token")}`);
  await call("GET", `/api/booking/tickets/${secrets.make("no ticket")}`);
  await call("GET", `/api/booking/bookings/${secrets.make("no booking")}`, { token });

  const cancelled = await call("DELETE", `/api/booking/bookings/${reservation_id}`, { token });
  assert.equal(cancelled.status, 200, JSON.stringify(cancelled.body));
  const organiser = { email: "admin@example.com", password: "11111111" };
  const { body: admin } = await call("POST", "/api/event/auth/admin/login", { body: organiser });
  await call("POST", "/api/event/auth/admin/refresh", { token: admin.refresh_token });
  await call("POST", "/api/event/auth/admin/logout", { body: admin });
  await call("POST", "/api/user/auth/logout", { body: refreshed.body });

  const routes = new Set(lines.trimEnd().split("\n").map((line) => JSON.parse(line).route));
  assert.ok(routes.has("/api/v1/tickets/:code"), "the journey must be in the log");
  assert.deepEqual(secrets.foundIn(lines), []);
});
