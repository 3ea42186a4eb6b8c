import type { Clock } from "@evently/shared/clock";
import { DomainError } from "@evently/shared/errors";
import { newId } from "@evently/shared/ids";
import { type Pool, transaction } from "@evently/shared/postgres";
import {
  countMemberships,
  insertMember,
  lockAccount,
  MAX_ORGANISATIONS,
} from "./memberships_sql.ts";
import type { Organiser } from "./organiser.ts";
import { insertOrganisation, type OwnOrganisation } from "./organisations_sql.ts";
import { recordChange } from "./record_change.ts";

/**
 * Creates an organisation, which its creator owns. Where registration is closed, only those may who own one already: an
 * account that was made by an invitation works for others until a super admin decides otherwise.
 *
 * @throws {DomainError} `REGISTRATION_CLOSED`; `ORGANISATION_FULL`: the account has as many as it can have
 */
export async function createOrganisation(
  { sql, clock, adminRegistration }: {
    sql: Pool;
    clock: Clock;
    adminRegistration: "open" | "closed";
  },
  { admin, name }: { admin: Organiser; name: string },
): Promise<OwnOrganisation> {
  const organisationId = newId();
  const now = clock.now();
  const { adminId } = admin;
  await transaction(sql, async (tx) => {
    await lockAccount(tx, adminId);
    const { total, owned } = await countMemberships(tx, adminId);
    if (adminRegistration === "closed" && owned === 0 && admin.role !== "super_admin") {
      throw new DomainError("REGISTRATION_CLOSED");
    }
    if (total >= MAX_ORGANISATIONS) {
      throw new DomainError("ORGANISATION_FULL", {
        what: "your organisations",
        limit: MAX_ORGANISATIONS,
      });
    }
    await insertOrganisation(tx, { organisationId, name, now });
    await insertMember(tx, { organisationId, adminId, role: "owner", now });
    await recordChange(tx, {
      by: admin,
      organisationId,
      action: "organisation.created",
      subject: { id: organisationId, name },
      now,
    });
  });
  return { organisationId, name, role: "owner", createdAt: now };
}
