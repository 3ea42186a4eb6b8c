/**
 * Who is admitted by which route: every route of every service's document, tried by everybody. What organisers of each
 * role may do to what belongs to an organisation is tried by services/event/organisations/access_test.ts.
 */
import assert from "node:assert/strict";
import { SERVICE_NAMES, type ServiceName } from "@evently/shared/config";
import { newId } from "@evently/shared/ids";
import { anyDeps, jsonRequest, sampleOf } from "@evently/shared/testing";
import { createBookingApp } from "../../services/booking/app.ts";
import { createEventApp } from "../../services/event/app.ts";
import { createSearchApp } from "../../services/search/app.ts";
import { createUserApp } from "../../services/user/app.ts";
import { startTestPlatform, type TestPlatform } from "../journeys/platform.ts";

// deno-lint-ignore no-explicit-any -- parts of documents and answers
type Json = any;

interface Operation {
  service: ServiceName;
  method: string;
  path: string;
  security: readonly Record<string, unknown>[];
  document: Json;
  /** Schema of the JSON body, if the route takes one. */
  schema: Json | undefined;
  /** Names of the parameters in path and query. */
  parameters: readonly string[];
}

/** Routes that admit everybody, and what protects them instead. A new one must be added here on purpose. */
const PUBLIC: Readonly<Record<string, string>> = {
  "GET /healthz": "says nothing of data",
  "GET /health/ready": "says nothing of data",
  "POST /api/v1/auth/register": "limited by address",
  "POST /api/v1/auth/login": "password, limited by e-mail and address",
  "POST /api/v1/auth/refresh": "refresh token in the body",
  "POST /api/v1/auth/logout": "refresh token in the body",
  "POST /api/v1/auth/forgot-password": "answers alike for all addresses, limited",
  "POST /api/v1/auth/reset-password": "token of a mail",
  "POST /api/v1/auth/verify-email": "token of a mail",
  "POST /api/v1/auth/admin/register":
    "closed in production, an invitation or a super admin's token opens",
  "POST /api/v1/auth/admin/login": "password, limited by e-mail and address",
  "POST /api/v1/auth/admin/refresh": "refresh token in the body",
  "POST /api/v1/auth/admin/logout": "refresh token in the body",
  "POST /api/v1/auth/admin/forgot-password": "answers alike for all addresses, limited",
  "POST /api/v1/auth/admin/reset-password": "token of a mail",
  "POST /api/v1/auth/admin/verify-email": "token of a mail",
  "POST /api/v1/auth/admin/invitation": "token of a mail",
  "GET /api/v1/events": "published events",
  "GET /api/v1/events/{id}": "published events",
  "GET /api/v1/events/{id}/availability": "published events",
  "GET /api/v1/events/{id}/live": "published events",
  "GET /api/v1/events/{id}/proof": "published events",
  "GET /api/v1/search": "published events",
  "GET /api/v1/search/suggestions": "published events",
  "GET /api/v1/search/filters": "published events",
  "GET /api/v1/search/trending": "published events",
  "GET /api/v1/bookings/check-availability": "published events",
  "GET /api/v1/tickets/{code}": "the code has 256 random bits",
  "POST /api/v1/payments/webhooks/{provider}": "signature of the provider",
};

const USERS =
  /^\/api\/v1\/(users\/|bookings\/|waitlist|live$|payments\/mock\/answer$|auth\/logout-all$|auth\/verify-email\/send$)/;
const ADMINS = /^\/api\/v1\/(admin\/|auth\/admin\/(logout-all|verify-email\/send|export|account)$)/;

/** Routes of a kind, by what admits to them. */
type Kind = "public" | "user" | "admin" | "internal";

function kindsOf({ method, path }: Operation): Kind[] {
  if (PUBLIC[`${method} ${path}`] !== undefined) return ["public"];
  const kinds: Kind[] = [];
  if (USERS.test(path)) kinds.push("user");
  if (ADMINS.test(path)) kinds.push("admin");
  if (path.startsWith("/internal/")) kinds.push("internal");
  return kinds;
}

/** What the document says of a route's token. */
function documentedKinds({ security }: Operation): Kind[] {
  if (security.length === 0 || security.some((one) => Object.keys(one).length === 0)) {
    return ["public", "internal"];
  }
  return security.map((one) => "userToken" in one ? "user" : "admin");
}

/** A public route that takes an organiser's token, and refuses any other that is given. */
const OPTIONAL_TOKEN = "POST /api/v1/auth/admin/register";

const INTERNAL_KEY = "the-internal-key-of-this-test";

/** Everybody who may ask, by their credentials. */
async function createCallers({ call, logIn }: TestPlatform) {
  const password = "11111111";
  const superAdmin = await logIn("admin@example.com", { admin: true });
  async function organiser(role: string): Promise<string> {
    const body = { email: `${newId()}@example.com`, password, name: "A", role };
    const made = await call("POST", "/api/event/auth/admin/register", { token: superAdmin, body });
    assert.equal(made.status, 201, JSON.stringify(made.body));
    return made.body.access_token;
  }
  const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });
  const callers: Record<string, { headers: Record<string, string>; kind: Kind | "nobody" }> = {
    "nobody": { headers: {}, kind: "nobody" },
    "a forged token": { headers: bearer("a.b.c"), kind: "nobody" },
    "the internal key as a token": { headers: bearer(INTERNAL_KEY), kind: "nobody" },
    "another key": { headers: { "X-API-Key": "another-key-0123456789" }, kind: "nobody" },
    "a user": { headers: bearer(await logIn("user1@example.com")), kind: "user" },
    "another user": { headers: bearer(await logIn("user2@example.com")), kind: "user" },
    "an event manager": { headers: bearer(await organiser("event_manager")), kind: "admin" },
    "an analyst": { headers: bearer(await organiser("analyst")), kind: "admin" },
    "a super admin": { headers: bearer(superAdmin), kind: "admin" },
    "a service": { headers: { "X-API-Key": INTERNAL_KEY }, kind: "internal" },
  };
  return callers;
}

async function operationsOf({ bindings }: Pick<TestPlatform, "bindings">): Promise<Operation[]> {
  const all: Operation[] = [];
  for (const service of SERVICE_NAMES) {
    const request = new Request("http://service.test/openapi.json");
    const document = await (await bindings[service].fetch(request)).json();
    for (const [path, methods] of Object.entries<Record<string, Json>>(document.paths)) {
      for (
        const [method, { security = [], requestBody, parameters = [] }] of Object.entries(methods)
      ) {
        all.push({
          service,
          method: method.toUpperCase(),
          path,
          security,
          document,
          schema: requestBody?.content["application/json"]?.schema,
          parameters: parameters.map(({ name }: Json) => name),
        });
      }
    }
  }
  return all;
}

/** The request of an operation with valid values, random ones for all ids but those given. */
function requestOf(
  { method, path, document, schema }: Operation,
  { headers, ids = {} }: { headers: Record<string, string>; ids?: Record<string, string> },
): Request {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => ids[name] ?? newId());
  const body = schema && sampleOf(document, schema, { ids });
  return jsonRequest(method, `http://service.test${filled}`, {
    headers: { "Idempotency-Key": newId(), ...headers },
    ...(body === undefined ? {} : { body }),
  });
}

/** Codes of those who are not admitted at all. */
const REFUSALS = ["UNAUTHORIZED", "INVALID_API_KEY"];

async function outcomeOf(
  response: Response,
): Promise<{ status: number; code: string | undefined }> {
  const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
  const body = isJson ? await response.json() : await response.body?.cancel();
  return { status: response.status, code: body?.code };
}

Deno.test("every route of every service has one kind, and the document says the same", async () => {
  await using platform = await startTestPlatform();
  const all = await operationsOf(platform);
  assert.ok(all.length > 100, `${all.length} routes`);
  const wrong = all.flatMap((operation) => {
    const kinds = kindsOf(operation);
    const { method, path } = operation;
    if (kinds.length !== 1) {
      return [`${method} ${path} is ${kinds.join(" and ") || "unclassified"}`];
    }
    return documentedKinds(operation).includes(kinds[0]!) ? [] : [`${method} ${path}: document`];
  });
  assert.deepEqual(wrong, []);
  const existing = new Set(all.map(({ method, path }) => `${method} ${path}`));
  assert.deepEqual(Object.keys(PUBLIC).filter((route) => !existing.has(route)), []);
});

Deno.test("no service has a route that its document lacks", async () => {
  await using platform = await startTestPlatform();
  const documented = new Set(
    (await operationsOf(platform)).map(({ service, method, path }) =>
      `${service} ${method} ${path}`
    ),
  );
  const apps = {
    user: createUserApp(anyDeps()),
    event: createEventApp(anyDeps()),
    search: createSearchApp(anyDeps()),
    booking: createBookingApp(anyDeps()),
  };
  const hidden = SERVICE_NAMES.flatMap((service) =>
    apps[service].routes.filter(({ method }) => method !== "ALL")
      .map(({ method, path }) => `${service} ${method} ${path.replaceAll(/:(\w+)/g, "{$1}")}`)
      .filter((route) => !/(GET \/openapi\.json|\*)$/.test(route) && !documented.has(route))
  );
  assert.deepEqual([...new Set(hidden)], []);
});

Deno.test("every route admits those of its kind, and nobody else", async (t) => {
  await using platform = await startTestPlatform({ INTERNAL_API_KEY: INTERNAL_KEY });
  const callers = await createCallers(platform);
  const wrong: string[] = [];
  const tried = { admitted: 0, refused: 0 };
  const token = await platform.logIn("user1@example.com");
  for (const operation of await operationsOf(platform)) {
    const [kind] = kindsOf(operation);
    const { service, method, path } = operation;
    for (const [name, { headers, kind: own }] of Object.entries(callers)) {
      const response = await platform.bindings[service].fetch(
        requestOf(operation, { headers, ids: { token } }),
      );
      const { status, code } = await outcomeOf(response);
      const isAdmitted = !REFUSALS.includes(code!);
      const isForeign = headers.Authorization !== undefined && own !== "admin" &&
        `${method} ${path}` === OPTIONAL_TOKEN;
      const mayPass = kind === own || (kind === "public" && !isForeign);
      tried[mayPass ? "admitted" : "refused"]++;
      const isWrongKey = kind === "internal" && name === "another key";
      const wanted = isWrongKey ? 403 : 401;
      if (mayPass ? !isAdmitted : isAdmitted || status !== wanted) {
        wrong.push(`${method} ${path} by ${name}: ${status} ${code}`);
      }
      if (mayPass && status >= 500 && status !== 503) wrong.push(`${method} ${path}: ${status}`);
    }
  }
  assert.deepEqual(wrong, []);
  await t.step(`${tried.admitted} admitted, ${tried.refused} refused`, () => {
    assert.ok(tried.admitted > 500 && tried.refused > 500);
  });
});

Deno.test("the gateway passes no internal route on, whoever asks", async () => {
  await using platform = await startTestPlatform({ INTERNAL_API_KEY: INTERNAL_KEY });
  const origin = `http://127.0.0.1:${platform.port}`;
  let tried = 0;
  for (const operation of await operationsOf(platform)) {
    if (!operation.path.startsWith("/internal/")) continue;
    const { pathname } = new URL(requestOf(operation, { headers: {} }).url);
    const spellings = [
      pathname,
      `/api/${operation.service}${pathname}`,
      `/api/${operation.service}/..${pathname}`,
      `/api/${operation.service}/%2e%2e${pathname}`,
      `/api/${operation.service}/..%2f..${pathname}`,
    ];
    for (const path of spellings) {
      const response = await fetch(origin + path, {
        method: operation.method,
        headers: { "X-API-Key": INTERNAL_KEY, "Content-Type": "application/json" },
        ...(operation.method === "GET" ? {} : { body: "{}" }),
      });
      await response.body?.cancel();
      tried++;
      assert.equal(response.status, 404, `${operation.method} ${path}`);
    }
  }
  assert.ok(tried > 100);
});

/** Fields of requests that name what is everybody's. */
const SHARED_IDS = ["event_id", "ticket_type_id"];

/** The names of ids in a request of an operation. */
function idsIn({ path, parameters, schema, document }: Operation): string[] {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
  const body = schema ? JSON.stringify(sampleOf(document, schema, { ids: {} })) : "";
  const fields = [...body.matchAll(/"(\w+)":/g)].map(([, name]) => name!);
  return [...names, ...parameters, ...fields]
    .filter((name) => /(^id|_id|Id)$/.test(name) && !SHARED_IDS.includes(name));
}

Deno.test("a user's route gives another user nothing of theirs, and changes nothing", async () => {
  await using platform = await startTestPlatform();
  const [owner, other] = [
    await platform.logIn("user1@example.com"),
    await platform.logIn("user2@example.com"),
  ];
  const { body: profile } = await platform.call("GET", "/api/user/users/profile", { token: owner });
  const { body: { events } } = await platform.call("GET", "/api/event/events");
  const event = events.find(({ available_seats: seats }: Json) => seats > 100);
  async function reserve(): Promise<string> {
    const { body } = await platform.call("POST", "/api/booking/bookings/reserve", {
      token: owner,
      body: { event_id: event.event_id, quantity: 1, idempotency_key: newId() },
    });
    return body.reservation_id;
  }
  const confirmed = await reserve();
  await platform.call("POST", "/api/booking/bookings/confirm", {
    token: owner,
    body: { reservation_id: confirmed, payment_token: "tok_visa", payment_method: "card" },
  });
  const things = [await reserve(), confirmed];
  const state = () =>
    platform
      .bookingsDb`SELECT b::text AS row FROM bookings b WHERE user_id = ${profile.user_id} ORDER BY 1`;
  const before = await state();
  assert.ok(before.length >= things.length);
  const tried: string[] = [];
  for (const operation of await operationsOf(platform)) {
    if (!kindsOf(operation).includes("user")) continue;
    const names = idsIn(operation);
    if (names.length === 0) continue;
    for (const thing of things) {
      const ids = Object.fromEntries(names.map((name) => [name, thing]));
      const mine = { ...ids, userId: profile.user_id };
      const headers = { Authorization: `Bearer ${other}` };
      const response = await platform.bindings[operation.service].fetch(
        requestOf(operation, { headers, ids: mine }),
      );
      const { status } = await outcomeOf(response);
      const what = `${operation.method} ${operation.path}`;
      tried.push(what);
      assert.ok([400, 403, 404].includes(status), `${what}: ${status}`);
      assert.deepEqual(await state(), before, what);
    }
  }
  assert.ok(new Set(tried).size >= 6, tried.join("\n"));
});
