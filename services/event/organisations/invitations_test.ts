import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { transaction } from "@evently/shared/postgres";
import { linkOf, tokenOf, waitForBlockedSession } from "@evently/shared/testing";
import { createTeam, deliverMails, type Team } from "../testing/teams.ts";
import { createEventWorld, type EventWorld, type Json } from "../testing/world.ts";
import { purgeInvitations, spendInvitation, withdrawInvitationRow } from "./invitations_sql.ts";
import { lockOrganisation } from "./organisations_sql.ts";

const EMAIL = "asha@example.com";
const PASSWORD = "correct horse";
const WEEK_MS = 7 * 24 * 3_600_000;

/** Invites an address, and returns the token of the mail. */
async function invited(
  world: EventWorld,
  { owner, organisationId }: Team,
  { email = EMAIL, role = "manager" }: { email?: string; role?: string } = {},
): Promise<{ token: string; invitation: Json }> {
  const path = `/admin/organisations/${organisationId}/invitations`;
  const answer = await world.send("POST", path, { ...owner, body: { email, role } });
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  const [mail] = await deliverMails(world);
  assert.equal(mail!.to, email);
  return { token: tokenOf(mail!), invitation: answer.body };
}

/** Registers an account; returns its access token. */
async function registered(world: EventWorld, email = EMAIL): Promise<string> {
  const body = { email, password: PASSWORD, name: "Asha" };
  const { body: session } = await world.send("POST", "/auth/admin/register", { body });
  await deliverMails(world);
  return session.access_token;
}

function accept(world: EventWorld, token: string, invitation: string) {
  return world.send("POST", "/admin/invitations/accept", { token, body: { token: invitation } });
}

Deno.test("an invitation is accepted once, by the link of its mail", async () => {
  await using world = await createEventWorld();
  const team = await createTeam(world);
  const { owner, organisationId } = team;
  const asha = await registered(world);
  const path = `/admin/organisations/${organisationId}/invitations`;
  const created = await world.send("POST", path, {
    ...owner,
    body: { email: EMAIL, role: "manager" },
  });
  const [mail] = await deliverMails(world);
  const { invitation_id } = created.body;
  const link = `${world.context.publicUrl}/console/invitations/${invitation_id}#token=`;
  assert.ok(linkOf(mail!).startsWith(link), linkOf(mail!));
  const token = tokenOf(mail!);
  const view = await world.send("POST", "/auth/admin/invitation", { body: { token } });
  assert.deepEqual(
    [view.status, view.body.organisation_name, view.body.role, view.body.has_account],
    [200, "Admin", "manager", true],
  );
  const joined = await accept(world, asha, token);
  assert.deepEqual([joined.status, joined.body.role], [200, "manager"]);
  const again = await accept(world, asha, token);
  assert.deepEqual([again.status, again.body.code], [400, "BAD_INVITATION"]);
  const { body: { members } } = await world.send(
    "GET",
    `${path.replace("invitations", "members")}`,
    owner,
  );
  assert.deepEqual(members.map(({ email }: Json) => email).includes(EMAIL), true);
  assert.deepEqual((await world.send("GET", path, owner)).body.invitations, []);
  assert.equal(
    (await world.send("POST", path, { ...owner, body: { email: EMAIL, role: "owner" } })).body.code,
    "ALREADY_MEMBER",
  );
});

Deno.test("of two who use an invitation at once, one joins", async () => {
  await using world = await createEventWorld();
  const team = await createTeam(world);
  const asha = await registered(world);
  const { token } = await invited(world, team);
  const answers = await Promise.all([1, 2, 3].map(() => accept(world, asha, token)));
  assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 400, 400]);
});

for (
  const [what, end] of [["uses", spendInvitation], ["withdraws", withdrawInvitationRow]] as const
) {
  Deno.test(`an invitation that another ${what} while it is accepted is refused`, async () => {
    await using world = await createEventWorld();
    const team = await createTeam(world);
    const asha = await registered(world);
    const { token, invitation } = await invited(world, team);
    const { organisationId } = team;
    const ended = {
      organisationId,
      invitationId: invitation.invitation_id,
      adminId: team.manager.admin_id,
      now: world.clock.now(),
    };
    const attempt = await transaction(world.sql, async (tx) => {
      await lockOrganisation(tx, organisationId);
      const attempt = accept(world, asha, token);
      await waitForBlockedSession(world.sql, { unless: attempt });
      assert.equal(await end(tx, ended), true);
      return { answer: attempt };
    });
    const { status, body } = await attempt.answer;
    assert.deepEqual([status, body.code], [400, "BAD_INVITATION"]);
  });
}

Deno.test("an invitation is bound to its address, and ends", async () => {
  await using world = await createEventWorld();
  const team = await createTeam(world);
  const { token } = await invited(world, team);
  const other = await registered(world, "other@example.com");
  const refused = await accept(world, other, token);
  assert.deepEqual([refused.status, refused.body.code], [403, "INVITATION_FOR_ANOTHER"]);
  const asha = await registered(world, EMAIL.toUpperCase());
  world.clock.advance(WEEK_MS);
  const { context: { tokens } } = world;
  const [row] = await world.sql`SELECT admin_id FROM admins WHERE lower(email) = ${EMAIL}`;
  const identity = { adminId: row!.admin_id, role: "event_manager", permissions: "{}" } as const;
  const late = await accept(world, await tokens.issueForAdmin(identity), token);
  assert.deepEqual([late.status, late.body.code], [400, "BAD_INVITATION"]);
  assert.ok(asha);
  for (const bad of ["nonsense", newId()]) {
    assert.equal(
      (await world.send("POST", "/auth/admin/invitation", { body: { token: bad } })).status,
      400,
    );
  }
});

Deno.test("a withdrawn or replaced invitation is dead, and its mail is not sent", async () => {
  await using world = await createEventWorld();
  const team = await createTeam(world);
  const { owner, organisationId } = team;
  const asha = await registered(world);
  const first = await invited(world, team);
  const second = await invited(world, team, { role: "analyst" });
  assert.equal((await accept(world, asha, first.token)).body.code, "BAD_INVITATION");
  const path = `/admin/organisations/${organisationId}/invitations`;
  const { body: { invitations } } = await world.send("GET", path, owner);
  assert.deepEqual(invitations.map(({ role }: Json) => role), ["analyst"]);
  const one = `${path}/${second.invitation.invitation_id}`;
  assert.equal((await world.send("DELETE", one, owner)).status, 200);
  assert.equal((await world.send("DELETE", one, owner)).body.code, "INVITATION_NOT_FOUND");
  assert.equal((await accept(world, asha, second.token)).body.code, "BAD_INVITATION");
  const third = await world.send("POST", path, { ...owner, body: { email: EMAIL, role: "owner" } });
  await world.send("DELETE", `${path}/${third.body.invitation_id}`, owner);
  assert.deepEqual(await deliverMails(world), []);
});

Deno.test("an invitation makes an account where registration is closed, with no organisation of its own", async () => {
  await using world = await createEventWorld({ adminRegistration: "closed" });
  const team = await createTeam(world);
  const { token } = await invited(world, team, { role: "analyst" });
  const register = (fields: Record<string, unknown>) =>
    world.send("POST", "/auth/admin/register", {
      body: { email: EMAIL, password: PASSWORD, name: "Asha", ...fields },
    });
  assert.equal((await register({})).body.code, "REGISTRATION_CLOSED");
  assert.equal((await register({ invitation: "nonsense" })).body.code, "BAD_INVITATION");
  const other = await register({ invitation: token, email: "other@example.com" });
  assert.equal(other.body.code, "INVITATION_FOR_ANOTHER");
  assert.equal((await register({ invitation: token, role: "super_admin" })).status, 403);
  const made = await register({ invitation: token });
  assert.equal(made.status, 201, JSON.stringify(made.body));
  assert.equal(made.body.role, "event_manager");
  assert.deepEqual(await deliverMails(world), [], "the address is verified already");
  const own = await world.send("GET", "/admin/organisations", { token: made.body.access_token });
  assert.deepEqual(
    own.body.organisations.map(({ organisation_id, role }: Json) => [organisation_id, role]),
    [[team.organisationId, "analyst"]],
  );
  assert.equal(
    (await register({ invitation: token, email: "b@example.com" })).body.code,
    "BAD_INVITATION",
  );
});

Deno.test("invitations are written in the language of who is invited", async () => {
  await using world = await createEventWorld();
  const team = await createTeam(world);
  await registered(world);
  await world.sql`UPDATE admins SET language = 'hi' WHERE email = ${EMAIL}`;
  const path = `/admin/organisations/${team.organisationId}/invitations`;
  await world.send("POST", path, { ...team.owner, body: { email: EMAIL, role: "manager" } });
  const [mail] = await deliverMails(world);
  assert.match(linkOf(mail!), /\/hi\/console\/invitations\//);
  assert.match(mail!.text, /मैनेजर/);
});

Deno.test("bad invitations are refused, and open ones are bounded", async () => {
  await using world = await createEventWorld();
  const { owner, organisationId } = await createTeam(world);
  const path = `/admin/organisations/${organisationId}/invitations`;
  for (
    const body of [{ email: "nobody", role: "owner" }, { email: EMAIL }, { role: "owner" }, {
      email: EMAIL,
      role: "x",
    }]
  ) {
    assert.equal(
      (await world.send("POST", path, { ...owner, body })).status,
      400,
      JSON.stringify(body),
    );
  }
  const invite = (number: number) =>
    world.send("POST", path, {
      ...owner,
      body: { email: `a${number}@example.com`, role: "analyst" },
    });
  for (let number = 0; number < 50; number++) assert.equal((await invite(number)).status, 201);
  assert.equal((await invite(50)).body.code, "ORGANISATION_FULL");
  assert.equal((await invite(49)).status, 201, "a replaced one makes room");
  world.clock.advance(WEEK_MS);
  const owners = await world.context.tokens.issueForAdmin({
    adminId: owner.admin_id,
    role: "event_manager",
    permissions: "{}",
  });
  const late = await world.send("POST", path, {
    token: owners,
    body: { email: EMAIL, role: "analyst" },
  });
  assert.equal(late.status, 201, "expired ones make room");
});

Deno.test("a purge takes invitations that were accepted, withdrawn or lapsed, and no open one", async () => {
  await using world = await createEventWorld();
  const team = await createTeam(world);
  const asha = await registered(world);
  const { token } = await invited(world, team);
  assert.equal((await accept(world, asha, token)).status, 200);
  const path = `/admin/organisations/${team.organisationId}/invitations`;
  const withdrawn = await invited(world, team, { email: "withdrawn@example.com" });
  const { invitation_id } = withdrawn.invitation;
  assert.equal((await world.send("DELETE", `${path}/${invitation_id}`, team.owner)).status, 200);
  await invited(world, team, { email: "lapsed@example.com" });
  const openedAt = world.clock.now();
  world.clock.advance(WEEK_MS);
  const { owner } = team;
  const later = await world.context.tokens.issueForAdmin({
    adminId: owner.admin_id,
    role: "event_manager",
    permissions: "{}",
  });
  await invited(world, { ...team, owner: { ...owner, token: later } }, {
    email: "open@example.com",
  });
  const left = async () => {
    const rows = await world.sql`SELECT email FROM organisation_invitations ORDER BY email`;
    return rows.map(({ email }) => email);
  };
  assert.equal(await purgeInvitations(world.sql, { before: openedAt, limit: 10 }), 0);
  const before = new Date(world.clock.now().getTime() + 1);
  assert.equal(await purgeInvitations(world.sql, { before, limit: 2 }), 2, "in batches");
  assert.equal(await purgeInvitations(world.sql, { before, limit: 2 }), 1);
  assert.deepEqual(await left(), ["open@example.com"]);
});
