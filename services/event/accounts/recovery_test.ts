/** Links of mails to organisers; each rule of the links: `services/user/accounts/recovery_test.ts`. */
import assert from "node:assert/strict";
import {
  AccountLinks,
  ADMIN_ACCOUNTS,
  ADMIN_PAGES,
  createAccountOutbox,
  DEFAULT_LINK_RULES,
} from "@evently/shared/auth";
import type { Mail } from "@evently/shared/mail";
import { transaction } from "@evently/shared/postgres";
import { linkOf, tokenOf, waitForBlockedSession } from "@evently/shared/testing";
import { createEventWorld, type EventWorld } from "../testing/world.ts";

const EMAIL = "asha@example.com";
const PASSWORD = "correct horse";
const NEW_PASSWORD = "battery staple";

Deno.test("an organiser sets a new password by a link, once, and all sessions end", async () => {
  await using world = await createEventWorld();
  const { refresh_token } = await register(world);
  await deliverMails(world);

  const { status } = await post(world, "/auth/admin/forgot-password", { email: EMAIL });
  assert.equal(status, 202);
  const [mail] = await deliverMails(world);
  assert.equal(mail!.to, EMAIL);
  const link = linkOf(mail!);
  assert.ok(link.startsWith(`${world.context.publicUrl}/reset?account=organiser#token=`), link);

  const reset = { token: tokenOf(mail!), password: NEW_PASSWORD };
  assert.equal((await post(world, "/auth/admin/reset-password", reset)).status, 200);
  const again = await post(world, "/auth/admin/reset-password", reset);
  assert.deepEqual([again.status, again.body.code], [400, "BAD_ACCOUNT_LINK"]);
  assert.equal((await post(world, "/auth/admin/refresh", { refresh_token })).status, 401);
  assert.equal((await logIn(world, PASSWORD)).status, 401);
  assert.equal((await logIn(world, NEW_PASSWORD)).status, 200);
});

Deno.test("an organiser verifies the address by the link of the welcome, or of a new mail", async () => {
  await using world = await createEventWorld();
  const { access_token: token } = await register(world);
  const [welcome] = await deliverMails(world);
  world.clock.advance(1);
  assert.equal((await world.send("POST", "/auth/admin/verify-email/send")).status, 401);
  assert.equal((await world.send("POST", "/auth/admin/verify-email/send", { token })).status, 202);
  const [newer] = await deliverMails(world);
  const verify = (mail: Mail) => post(world, "/auth/admin/verify-email", { token: tokenOf(mail) });
  assert.equal((await verify(welcome!)).status, 400, "a newer mail replaces the link");
  assert.equal((await verify(newer!)).status, 200);
  assert.equal((await world.send("POST", "/auth/admin/verify-email/send", { token })).status, 202);
  assert.deepEqual(await deliverMails(world), [], "nothing is left to verify");
});

Deno.test("forgotten passwords of organisers are answered alike for unknown addresses", async () => {
  await using world = await createEventWorld();
  await register(world);
  await deliverMails(world);
  const ask = (email: string) => post(world, "/auth/admin/forgot-password", { email });
  const [known, unknown] = [await ask(EMAIL), await ask("nobody@example.com")];
  assert.deepEqual([unknown.status, unknown.body], [known.status, known.body]);
  assert.deepEqual((await deliverMails(world)).map(({ to }) => to), [EMAIL]);
  assert.equal((await ask("nobody")).status, 400);
});

Deno.test("an organiser's log-in that meets a change of the password gets no session", async () => {
  await using world = await createEventWorld();
  const { admin_id } = await register(world);
  let attempt: ReturnType<typeof logIn> | undefined;
  await transaction(world.sql, async (tx) => {
    await tx`
      UPDATE admins SET password_hash = 'new', password_changed_at = ${world.clock.now()}
       WHERE admin_id = ${admin_id}`;
    attempt = logIn(world, PASSWORD);
    await waitForBlockedSession(world.sql, { unless: attempt });
  });
  assert.equal((await attempt!).status, 401);
});

async function register(world: EventWorld) {
  const account = { email: EMAIL, password: PASSWORD, name: "Asha" };
  return (await post(world, "/auth/admin/register", account)).body;
}

function logIn(world: EventWorld, password: string) {
  return post(world, "/auth/admin/login", { email: EMAIL, password });
}

function post(world: EventWorld, path: string, body: unknown) {
  return world.send("POST", path, { body });
}

/** Sends the mails that are asked for, and returns them. */
async function deliverMails({ sql, clock, context }: EventWorld): Promise<Mail[]> {
  const { secrets } = context.refreshTokenRules;
  const links = new AccountLinks({
    ...DEFAULT_LINK_RULES,
    sql,
    clock,
    accounts: ADMIN_ACCOUNTS,
    secrets,
  });
  const outbox = createAccountOutbox({
    ...context,
    sql,
    accounts: ADMIN_ACCOUNTS,
    pages: ADMIN_PAGES,
    links,
  });
  while (await outbox.deliverAll());
  return context.mails.splice(0);
}
