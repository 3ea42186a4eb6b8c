/** Owners who remove, demote or leave each other at once: one owner always remains, and says so in the log. */
import assert from "node:assert/strict";
import { roundsOr } from "@evently/shared/testing";
import { createTeam, join } from "../../../services/event/testing/teams.ts";
import {
  type Actor,
  createEventWorld,
  type EventWorld,
} from "../../../services/event/testing/world.ts";

const ROUNDS = roundsOr(12);
const OWNERS = 3;

type Move = (owners: Actor[], self: number) => { method: string; of: Actor; body?: unknown };

/** What each owner does to the next one, or to themselves. */
const MOVES: Readonly<Record<string, Move>> = {
  "remove each other": (owners, self) => ({ method: "DELETE", of: next(owners, self) }),
  "demote each other": (owners, self) => ({
    method: "PUT",
    of: next(owners, self),
    body: { role: "analyst" },
  }),
  "leave": (owners, self) => ({ method: "DELETE", of: owners[self]! }),
  "step down": (owners, self) => ({
    method: "PUT",
    of: owners[self]!,
    body: { role: "manager" },
  }),
  "demote, remove and leave": (owners, self) =>
    [
      { method: "DELETE", of: next(owners, self) },
      { method: "PUT", of: next(owners, self), body: { role: "manager" } },
      { method: "DELETE", of: owners[self]! },
    ][self]!,
};

function next(owners: Actor[], self: number): Actor {
  return owners[(self + 1) % owners.length]!;
}

async function createOwners(world: EventWorld) {
  const { owner, organisationId } = await createTeam(world);
  const owners = [owner];
  while (owners.length < OWNERS) {
    const actor = await world.actor();
    await join(world, { actor, organisationId, role: "owner" });
    owners.push(actor);
  }
  return { owners, organisationId };
}

for (const [name, move] of Object.entries(MOVES)) {
  Deno.test(`of owners who ${name} at once, one always remains`, async () => {
    await using world = await createEventWorld();
    for (let round = 0; round < ROUNDS; round++) {
      const { owners, organisationId } = await createOwners(world);
      const answers = await Promise.all(owners.map((actor, self) => {
        const { method, of, body } = move(owners, self);
        const path = `/admin/organisations/${organisationId}/members/${of.admin_id}`;
        return world.send(method, path, { token: actor.token, ...(body ? { body } : {}) });
      }));
      const statuses = answers.map(({ status }) => status);
      const done = statuses.filter((status) => status === 200).length;
      assert.ok(
        statuses.every((status) => [200, 403, 404, 409].includes(status)),
        JSON.stringify(statuses),
      );
      const [row] = await world.sql`
        SELECT (SELECT count(*) FROM memberships
                 WHERE organisation_id = ${organisationId} AND role = 'owner')::integer AS owners,
               (SELECT count(*) FROM organisation_changes
                 WHERE organisation_id = ${organisationId})::integer AS logged`;
      assert.ok(row!.owners >= 1, `round ${round}: ${JSON.stringify(statuses)}`);
      // Who was demoted first and then left is one owner less, not two.
      assert.ok(row!.owners >= OWNERS - done, "each that was done took one owner at most");
      assert.equal(row!.logged, done);
    }
  });
}
