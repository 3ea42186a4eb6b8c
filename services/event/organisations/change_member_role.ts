import type { Clock } from "@evently/shared/clock";
import { DomainError } from "@evently/shared/errors";
import type { Pool } from "@evently/shared/postgres";
import { changedFields } from "./changed_fields.ts";
import { assertOwner, changeOrganisation } from "./manage_organisation.ts";
import {
  countMembers,
  findMember,
  type MemberRecord,
  updateMemberRole,
} from "./memberships_sql.ts";
import type { MemberRole, Organiser } from "./organiser.ts";
import { recordChange } from "./record_change.ts";

/**
 * Gives a member another role, which counts from their next request. The role that they have is no change.
 *
 * @throws {DomainError} `ORGANISATION_NOT_FOUND`; `FORBIDDEN`: not an owner; `MEMBER_NOT_FOUND`; `LAST_OWNER`
 */
export async function changeMemberRole(
  { sql, clock }: { sql: Pool; clock: Clock },
  { admin, organisationId, adminId, role }: {
    admin: Organiser;
    organisationId: string;
    adminId: string;
    role: MemberRole;
  },
): Promise<MemberRecord> {
  assertOwner(admin, organisationId);
  return await changeOrganisation({ sql }, organisationId, async (tx) => {
    const member = await findMember(tx, { organisationId, adminId });
    if (!member) throw new DomainError("MEMBER_NOT_FOUND");
    if (member.role === role) return member;
    await recordChange(tx, {
      by: admin,
      organisationId,
      action: "member.role_changed",
      subject: { id: adminId, name: member.name },
      fields: changedFields({ role }, member),
      roles: ["owner"],
      now: clock.now(),
    });
    if (member.role === "owner" && (await countMembers(tx, organisationId)).owners === 1) {
      throw new DomainError("LAST_OWNER");
    }
    await updateMemberRole(tx, { organisationId, adminId, role });
    return { ...member, role };
  });
}
