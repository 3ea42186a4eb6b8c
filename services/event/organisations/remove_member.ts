import type { Clock } from "@evently/shared/clock";
import { DomainError } from "@evently/shared/errors";
import type { Pool } from "@evently/shared/postgres";
import { changedFields } from "./changed_fields.ts";
import { assertOwner, assertSees, changeOrganisation } from "./manage_organisation.ts";
import { countMembers, deleteMember, findMember } from "./memberships_sql.ts";
import { MEMBER_ROLES, type Organiser } from "./organiser.ts";
import { recordChange } from "./record_change.ts";

/**
 * Removes a member, or has one leave. Changes that they are making are made before this returns; later ones fail, whatever
 * token they have.
 *
 * @throws {DomainError} `ORGANISATION_NOT_FOUND`; `FORBIDDEN`: somebody else, and not an owner; `MEMBER_NOT_FOUND`;
 * `LAST_OWNER`
 */
export async function removeMember(
  { sql, clock }: { sql: Pool; clock: Clock },
  { admin, organisationId, adminId }: {
    admin: Organiser;
    organisationId: string;
    adminId: string;
  },
): Promise<void> {
  const isLeaving = adminId === admin.adminId;
  if (isLeaving) assertSees(admin, organisationId);
  else assertOwner(admin, organisationId);
  await changeOrganisation({ sql }, organisationId, async (tx) => {
    const member = await findMember(tx, { organisationId, adminId });
    if (!member) throw new DomainError("MEMBER_NOT_FOUND");
    await recordChange(tx, {
      by: admin,
      organisationId,
      action: isLeaving ? "member.left" : "member.removed",
      subject: { id: adminId, name: member.name },
      fields: changedFields({ role: null }, member),
      roles: isLeaving ? MEMBER_ROLES : ["owner"],
      now: clock.now(),
    });
    if (member.role === "owner" && (await countMembers(tx, organisationId)).owners === 1) {
      throw new DomainError("LAST_OWNER");
    }
    await deleteMember(tx, { organisationId, adminId });
  });
}
