import { type AccessTokens, requireAdmin } from "@evently/shared/auth";
import type { Clock } from "@evently/shared/clock";
import { DomainError, invalidInput } from "@evently/shared/errors";
import { optionalHeader } from "@evently/shared/http";
import { z } from "@hono/zod-openapi";
import type { Sql } from "@evently/shared/postgres";
import { createMiddleware } from "hono/factory";
import { findMemberships, makeOwnOrganisation, type MembershipsFound } from "./memberships_sql.ts";
import { callerGone, EDITORS, type Organiser, type OrganiserVariables } from "./organiser.ts";

const MAX_ID_CHARS = 36;
const Id = z.guid().optional();

/** Narrows a request to one of the organisations of its sender. */
export const OrganisationHeader = optionalHeader("Organisation-Id", { maxChars: MAX_ID_CHARS });

export interface OrganiserDeps {
  sql: Sql;
  clock: Clock;
  tokens: Pick<AccessTokens, "verifyAdmin">;
}

/**
 * Admits organisers, and sets `admin` in the context with the memberships that they have at this moment, so that a removed
 * member's token opens nothing any more. Analysts of the platform may only `GET`.
 */
export function requireOrganiser(deps: OrganiserDeps) {
  const readers = requireAdmin(deps);
  const editors = requireAdmin({ ...deps, roles: EDITORS });
  return createMiddleware<{ Variables: OrganiserVariables }>(
    async function requireOrganiser(c, next) {
      const guard = c.req.method === "GET" || c.req.method === "HEAD" ? readers : editors;
      // deno-lint-ignore no-explicit-any -- the guard sets the identity, which is completed here
      return await guard(c as any, async () => {
        const named = OrganisationHeader.read(c)?.toLowerCase();
        if (!Id.safeParse(named).success) {
          throw invalidInput("organisation-id", "Invalid organisation ID");
        }
        const identity = c.get("admin");
        c.set("admin", await withMemberships(deps, { ...identity, named, memberships: [] }));
        await next();
      });
    },
  );
}

/**
 * The organiser with the memberships that they have now; during a long answer they may have lost some.
 *
 * @throws {DomainError} `UNAUTHORIZED`: the account is gone; `ORGANISATION_NOT_FOUND`: the one that they named is not theirs
 */
export async function withMemberships(
  { sql, clock }: Pick<OrganiserDeps, "sql" | "clock">,
  admin: Organiser,
): Promise<Organiser> {
  const { adminId, role, named } = admin;
  const found = await findOrMake({ sql, clock }, admin);
  if (!found) throw callerGone();
  if (named === undefined) return { ...admin, memberships: found.memberships };
  const memberships = found.memberships.filter(({ organisationId }) => organisationId === named);
  if (memberships.length === 0 && role === "event_manager") {
    throw new DomainError("ORGANISATION_NOT_FOUND");
  }
  return { ...admin, adminId, memberships };
}

async function findOrMake(
  { sql, clock }: Pick<OrganiserDeps, "sql" | "clock">,
  { adminId, role }: Organiser,
): Promise<MembershipsFound | undefined> {
  const found = await findMemberships(sql, adminId);
  if (!found?.isDue || role === "analyst") return found;
  await makeOwnOrganisation(sql, { adminId, now: clock.now() });
  return await findMemberships(sql, adminId);
}
