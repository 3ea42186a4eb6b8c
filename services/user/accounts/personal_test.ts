import assert from "node:assert/strict";
import { Hono } from "hono";
import { createWorld, type World } from "../testing/world.ts";

const EXPORT = "GET /api/v1/users/export";
const CLOSE = "DELETE /api/v1/users/account";
const REFRESH = "POST /api/v1/auth/refresh";
const ACCESS_TTL_MS = 15 * 60_000;

/** A booking service that has some bookings of everybody. */
function bookingService({ openTickets = 0, bookings = 0 } = {}) {
  const state = { openTickets, isDown: false, forgotten: [] as string[], remaining: 0 };
  const app = new Hono();
  app.use(async (c, next) => state.isDown ? c.text("down", 503) : await next());
  app.get("/internal/users/:id/person", (c) =>
    c.json({
      open_tickets: state.openTickets,
      waitlists: [{
        event_id: crypto.randomUUID(),
        quantity: 2,
        status: "left",
        joined_at: new Date(0).toISOString(),
      }],
    }));
  app.post("/internal/users/:id/forget", (c) => {
    state.forgotten.push(c.req.param("id"));
    const ended = Math.min(state.remaining, 1);
    state.remaining -= ended;
    return c.json({ ended, remaining: state.remaining });
  });
  app.get("/api/v1/bookings/user/:id", (c) => {
    const [page, limit] = [Number(c.req.query("page")), Number(c.req.query("limit"))];
    const left = Math.min(limit, Math.max(0, bookings - (page - 1) * limit));
    const one = () => ({ booking_id: crypto.randomUUID(), booking_reference: "EVT-ABCDEF" });
    return c.json({ bookings: Array.from({ length: left }, one) });
  });
  return { app, state };
}

async function countUsers({ sql }: World): Promise<number> {
  const [row] = await sql`SELECT count(*)::integer AS total FROM users`;
  return row!.total;
}

Deno.test("GET /users/export is a file with the profile, all bookings and waitlists", async () => {
  await using world = await createWorld();
  world.context.provide("booking", bookingService({ bookings: 250 }).app);
  const user = await world.register();
  const { status, headers, body } = await world.send(EXPORT, { bearer: user.access_token });
  assert.equal(status, 200);
  assert.match(headers.get("Content-Disposition")!, /^attachment; filename="evently\.json"$/);
  assert.equal(headers.get("Cache-Control"), "no-store");
  const { profile, bookings, waitlists } = body as unknown as {
    profile: { email: string; phone_number: string };
    bookings: unknown[];
    waitlists: unknown[];
  };
  assert.deepEqual([profile.email, profile.phone_number], [user.email, "+91 98200 10001"]);
  assert.deepEqual([bookings.length, waitlists.length], [250, 1]);
  assert.equal((await world.send(EXPORT)).status, 401);
});

Deno.test("DELETE /users/account asks for the password, and limits guesses", async () => {
  await using world = await createWorld({
    limits: { guessesPerEmail: 2, requestsPerAddress: 0, mailsPerHour: 0 },
  });
  world.context.provide("booking", bookingService().app);
  const { access_token: bearer, password } = await world.register();
  const close = (body: unknown) => world.send(CLOSE, { bearer, body });
  const wrong = async (guess: string) => {
    const { status, body: { code } } = await close({ password: guess });
    return [status, code];
  };
  assert.deepEqual(await wrong("wrong-1"), [403, "WRONG_PASSWORD"]);
  assert.deepEqual(await wrong("wrong-2"), [403, "WRONG_PASSWORD"]);
  assert.deepEqual(await wrong("wrong-3"), [429, "RATE_LIMITED"]);
  assert.deepEqual((await close({})).body.error, "password is required");
  assert.equal((await close({ password, give_up_tickets: "yes" })).status, 400);
  assert.equal((await world.send(CLOSE, { body: { password } })).status, 401);
  assert.equal(await countUsers(world), 1);
});

Deno.test("an account with paid tickets is deleted only if they are given up", async () => {
  await using world = await createWorld();
  const { app, state } = bookingService({ openTickets: 3 });
  world.context.provide("booking", app);
  const { access_token: bearer, password } = await world.register();
  const refused = await world.send(CLOSE, { bearer, body: { password } });
  assert.deepEqual([refused.status, refused.body.code], [409, "ACCOUNT_HAS_TICKETS"]);
  state.isDown = true;
  assert.equal((await world.send(CLOSE, { bearer, body: { password } })).status, 503);
  assert.equal(await countUsers(world), 1);
  const body = { password, give_up_tickets: true };
  assert.equal((await world.send(CLOSE, { bearer, body })).status, 200);
  assert.equal(await countUsers(world), 0);
});

Deno.test("a deleted account is gone at once, and what it has open as soon as it can be", async () => {
  await using world = await createWorld();
  const { app, state } = bookingService();
  world.context.provide("booking", app);
  const { user_id: userId, email, password, access_token: bearer, refresh_token } = await world
    .register();
  await world.deliverMails();
  await world.send("POST /api/v1/auth/forgot-password", { body: { email } });
  const close = () => world.send(CLOSE, { bearer, body: { password } });
  const both = await Promise.all([close(), close()]);
  assert.ok(both.some(({ status }) => status === 200));
  assert.equal(await countUsers(world), 0);
  assert.equal((await close()).status, 401);
  assert.equal((await world.send("GET /api/v1/users/profile", { bearer })).status, 401);
  assert.equal((await world.send(REFRESH, { body: { refresh_token } })).status, 401);
  const logIn = await world.send("POST /api/v1/auth/login", { body: { email, password } });
  assert.equal(logIn.status, 401);

  state.isDown = true;
  const mails = await world.deliverMails();
  assert.deepEqual(mails.map(({ to, subject }) => [to, subject]), [
    [email, "Your account is deleted"],
  ]);
  assert.deepEqual(state.forgotten, [], "the booking service does not answer");
  state.isDown = false;
  state.remaining = 3;
  world.context.clock.advance(ACCESS_TTL_MS / 2);
  await world.deliverMails();
  assert.deepEqual(state.forgotten, [userId, userId, userId]);
  world.context.clock.advance(ACCESS_TTL_MS / 2);
  await world.deliverMails();
  assert.equal(state.forgotten.length, 4, "once more, as the last access token has expired");
  assert.deepEqual(await world.deliverMails(), []);
  const again = await world.send("POST /api/v1/auth/register", {
    body: { email, password, name: "Asha Rao" },
  });
  assert.equal(again.status, 201);
  assert.notEqual(again.body.user_id, userId);
});
