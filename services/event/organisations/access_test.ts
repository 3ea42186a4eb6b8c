/**
 * Who may call which organiser's route: every route of the API's document for every role, in two organisations. What is
 * expected follows from the route's method and path, so that a new route is tried without a line here.
 */
import assert from "node:assert/strict";
import type { Pool } from "@evently/shared/postgres";
import { newId } from "@evently/shared/ids";
import { sampleOf } from "@evently/shared/testing";
import { createTeam, join, type Team } from "../testing/teams.ts";
import { type Actor, createEventWorld, type EventWorld, type Json } from "../testing/world.ts";

interface Operation {
  method: string;
  path: string;
  body: Json | undefined;
}

/** Something of each kind that belongs to an organisation, and its people. */
interface Stage {
  team: Team;
  ids: Record<string, string>;
}

/** Fields of bodies that a rule demands which the document cannot express. */
const DEMANDED: Readonly<Record<string, Json>> = {
  "POST /admin/events/{id}/ticket-types": { price: 10 },
};

/** Errors of somebody who does not see the organisation to which a path belongs. */
const UNSEEN = [
  "EVENT_NOT_FOUND",
  "VENUE_NOT_FOUND",
  "WEBHOOK_NOT_FOUND",
  "ORGANISATION_NOT_FOUND",
];
const UNAVAILABLE = 503;

type Expected = "reached" | "unseen" | "forbidden" | "unauthorized";
type Role = keyof typeof ROLES;

/** People by what the routes know of them: whether they see the organisation, change its events, or decide who belongs. */
const ROLES = {
  owner: { sees: true, edits: true, decides: true },
  manager: { sees: true, edits: true, decides: false },
  analyst: { sees: true, edits: false, decides: false },
  "owner of another": { sees: false, edits: false, decides: false },
  "manager of another": { sees: false, edits: false, decides: false },
  "analyst of another": { sees: false, edits: false, decides: false },
  "removed manager": { sees: false, edits: false, decides: false },
  "super admin": { sees: true, edits: true, decides: true },
  "analyst of the platform": { sees: true, edits: false, decides: false },
  nobody: { sees: false, edits: false, decides: false },
} as const;

/** Who may make something new of their own: they have an organisation in which they edit. */
const CREATORS: readonly Role[] = [
  "owner",
  "manager",
  "owner of another",
  "manager of another",
  "super admin",
];

function expected({ method, path }: Operation, role: Role): Expected {
  if (role === "nobody") return "unauthorized";
  const { sees, edits, decides } = ROLES[role];
  const isRead = method === "GET";
  if (!isRead && role === "analyst of the platform") return "forbidden";
  if (!path.includes("{")) {
    // Lists show what one sees; organisations and invitations are everybody's own.
    if (isRead || /\/(organisations|invitations\/accept)$/.test(path)) return "reached";
    return CREATORS.includes(role) ? "reached" : "forbidden";
  }
  if (!sees) return "unseen";
  if (isRead) return "reached";
  const isAllowed = path.includes("/organisations/{id}") ? decides : edits;
  return isAllowed ? "reached" : "forbidden";
}

function outcome({ status, body }: { status: number; body: Json }): Expected {
  if (status === 401) return "unauthorized";
  if (status === 403) return "forbidden";
  return status === 404 && UNSEEN.includes(body.code) ? "unseen" : "reached";
}

/** Every organiser's route of the document, with a body that breaks no rule. */
async function operations(world: EventWorld, ids: Record<string, string>): Promise<Operation[]> {
  const document = await (await world.service.app.fetch(
    new Request("http://event.test/openapi.json"),
    {},
  )).json();
  const paths: [string, Record<string, Json>][] = Object.entries(document.paths);
  return paths.filter(([path]) => path.startsWith("/api/v1/admin/")).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { requestBody }]) => ({
      method: method.toUpperCase(),
      path: path.replace("/api/v1", ""),
      body: requestBody &&
        sampleOf(document, requestBody.content["application/json"].schema, { ids }),
    }))
  );
}

async function createStage(world: EventWorld): Promise<Stage> {
  const team = await createTeam(world);
  const { owner, organisationId: organisation } = team;
  const event = await world.event({ organiser: owner, draft: true });
  const unused = await world.venue({}, owner);
  const pools = await world.send("POST", `/admin/events/${event.event_id}/pools`, {
    ...owner,
    body: { name: "Stalls", capacity: 5 },
  });
  const webhook = await insertWebhook(world.sql, { owner: owner.admin_id, now: world.clock.now() });
  const guest = await world.actor();
  await join(world, { actor: guest, organisationId: organisation, role: "analyst" });
  const invitation = await world.send("POST", `/admin/organisations/${organisation}/invitations`, {
    ...owner,
    body: { email: `${newId()}@example.com`, role: "analyst" },
  });
  return {
    team,
    ids: {
      events: event.event_id,
      venues: unused.venue_id,
      webhooks: webhook,
      organisations: organisation,
      venue_id: event.venue_id,
      pool_id: pools.body.pool_id,
      ticket_type_id: event.event_id,
      admin_id: guest.admin_id,
      invitation_id: invitation.body.invitation_id,
    },
  };
}

async function insertWebhook(
  sql: Pool,
  { owner, now }: { owner: string; now: Date },
): Promise<string> {
  const webhookId = newId();
  await sql`
    INSERT INTO webhooks (webhook_id, owner_id, organisation_id, url, topics, status, secret, created_at, updated_at)
    VALUES (${webhookId}, ${owner}, ${owner}, 'https://example.com/hook', '{event.published}', 'active', '\\x00',
            ${now}, ${now})`;
  return webhookId;
}

/** `/admin/events/{id}/…` with the ids of a stage; its first part says of what `{id}` is. */
function filled(path: string, ids: Record<string, string>): string {
  const kind = path.split("/")[2]!;
  return path.replace("{id}", () => ids[kind]!)
    .replaceAll(/\{(\w+)\}/g, (_all, name: string) => ids[name] ?? newId());
}

async function people(world: EventWorld, { team }: Stage, other: Team) {
  const removed = await world.actor();
  const { organisationId } = team;
  await join(world, { actor: removed, organisationId, role: "manager" });
  const member = `/admin/organisations/${organisationId}/members/${removed.admin_id}`;
  assert.equal((await world.send("DELETE", member, team.owner)).status, 200);
  const actors: Record<Exclude<Role, "nobody">, Actor> = {
    owner: team.owner,
    manager: team.manager,
    analyst: team.analyst,
    "owner of another": other.owner,
    "manager of another": other.manager,
    "analyst of another": other.analyst,
    "removed manager": removed,
    "super admin": await world.actor("super_admin"),
    "analyst of the platform": await world.actor("analyst"),
  };
  return actors as Partial<Record<Role, Actor>>;
}

/** All that a change could alter, as one text. */
async function stateOf({ sql }: EventWorld, { team: { organisationId } }: Stage): Promise<string> {
  const tables = ["events", "venues", "webhooks", "memberships", "organisation_changes"];
  const rows = await Promise.all(
    [...tables, "organisation_invitations", "organisations"].map((table) =>
      sql`SELECT t::text AS row FROM ${
        sql(table)
      } t WHERE organisation_id = ${organisationId} ORDER BY 1`
    ),
  );
  return JSON.stringify(rows);
}

async function changesOf({ sql }: EventWorld): Promise<number> {
  const [row] = await sql`SELECT count(*)::integer AS total FROM organisation_changes`;
  return row!.total;
}

Deno.test("every organiser's route admits whom its method and path say", async () => {
  await using world = await createEventWorld({}, {
    resolveName: () => Promise.resolve(["203.0.113.1"]),
    post: () => Promise.reject(new Error("not reached")),
  });
  const other = await createTeam(world);
  let stage = await createStage(world);
  let actors = await people(world, stage, other);
  const wrong: string[] = [];
  const tried = { reached: 0, refused: 0 };

  async function renew(): Promise<void> {
    stage = await createStage(world);
    actors = await people(world, stage, other);
  }

  async function call(operation: Operation, role: Role) {
    const { method, path } = operation;
    const body = operation.body === undefined ? undefined : {
      ...(await operations(world, stage.ids)).find((one) =>
        one.method === method && one.path === path
      )!.body,
      ...DEMANDED[`${method} ${path}`],
    };
    const token = actors[role]?.token;
    const headers = { "Idempotency-Key": newId() };
    const sent = { headers, ...(token === undefined ? {} : { token }), ...(body ? { body } : {}) };
    return await world.send(method, filled(path, stage.ids), sent);
  }

  const all = await operations(world, stage.ids);
  for (const operation of all) {
    const { method, path } = operation;
    const roles = Object.keys(ROLES) as Role[];
    const isWrite = method !== "GET";
    // Those who are refused first: they must change nothing of the stage.
    const refused = roles.filter((role) => expected(operation, role) !== "reached");
    const before = await stateOf(world, stage);
    for (const role of refused) {
      const answer = await call(operation, role);
      tried.refused++;
      const [seen, wanted] = [outcome(answer), expected(operation, role)];
      if (seen !== wanted) {
        wrong.push(
          `${method} ${path} by ${role}: ${answer.status} ${answer.body?.code}, not ${wanted}`,
        );
      }
    }
    assert.equal(await stateOf(world, stage), before, `${method} ${path} changed something`);
    for (const role of roles.filter((one) => !refused.includes(one))) {
      const logged = await changesOf(world);
      const answer = await call(operation, role);
      tried.reached++;
      const seen = outcome(answer);
      if (seen !== "reached") {
        wrong.push(
          `${method} ${path} by ${role}: ${answer.status} ${answer.body?.code}, not reached`,
        );
      }
      const isDone = answer.status < 300 || answer.status === UNAVAILABLE;
      if (isWrite && isDone && await changesOf(world) === logged) {
        wrong.push(`${method} ${path} by ${role}: ${answer.status}, and no entry of the log`);
      }
      if (isWrite) await renew();
    }
  }
  assert.deepEqual(wrong, []);
  assert.ok(
    tried.reached > all.length * 2 && tried.refused > all.length * 2,
    JSON.stringify(tried),
  );
});

Deno.test("lists and sums show an organisation to whom they may", async () => {
  await using world = await createEventWorld();
  const other = await createTeam(world);
  const stage = await createStage(world);
  const actors = await people(world, stage, other);
  const { events, webhooks } = stage.ids;
  for (const [role, actor] of Object.entries(actors)) {
    const { sees } = ROLES[role as Role];
    for (const [path, id] of [["/admin/events", events], ["/admin/webhooks", webhooks]] as const) {
      const { status, body } = await world.send("GET", path, actor);
      assert.equal(status, 200);
      assert.equal(JSON.stringify(body).includes(id!), sees, `${path} by ${role}`);
      assert.equal(body.total, sees ? 1 : 0, `${path} by ${role}`);
    }
    const { body: overview } = await world.send("GET", "/admin/overview", actor);
    assert.equal(overview.events.draft, sees ? 1 : 0, role);
    const csv = await world.service.app.fetch(
      new Request("http://event.test/api/v1/admin/events", {
        headers: { Authorization: `Bearer ${actor.token}`, Accept: "text/csv" },
      }),
      {},
    );
    assert.equal((await csv.text()).includes(events!), sees, `file by ${role}`);
  }
});
