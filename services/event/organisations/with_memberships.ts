import type { Clock } from "@evently/shared/clock";
import { DomainError } from "@evently/shared/errors";
import type { Sql } from "@evently/shared/postgres";
import { findMemberships, makeOwnOrganisation, type MembershipsFound } from "./memberships_sql.ts";
import { callerGone, type Organiser } from "./organiser.ts";

export interface MembershipDeps {
  sql: Sql;
  clock: Clock;
}

/**
 * The organiser with the memberships that they have now; during a long answer they may have lost some.
 *
 * @param options.mustExist a token whose account is gone is refused; otherwise it belongs to nothing
 * @throws {DomainError} `UNAUTHORIZED`: the account is gone; `ORGANISATION_NOT_FOUND`: the one that they named is not theirs
 */
export async function withMemberships(
  { sql, clock }: MembershipDeps,
  admin: Organiser,
  { mustExist = false }: { mustExist?: boolean } = {},
): Promise<Organiser> {
  const { role, named } = admin;
  const found = await findOrMake({ sql, clock }, admin);
  if (!found && mustExist) throw callerGone();
  const all = found?.memberships ?? [];
  if (named === undefined) return { ...admin, memberships: all };
  const memberships = all.filter(({ organisationId }) => organisationId === named);
  if (memberships.length === 0 && role === "event_manager") {
    throw new DomainError("ORGANISATION_NOT_FOUND");
  }
  return { ...admin, memberships };
}

async function findOrMake(
  { sql, clock }: MembershipDeps,
  { adminId, role }: Organiser,
): Promise<MembershipsFound | undefined> {
  const found = await findMemberships(sql, adminId);
  if (!found?.isDue || role === "analyst") return found;
  await makeOwnOrganisation(sql, { adminId, now: clock.now() });
  return await findMemberships(sql, adminId);
}
