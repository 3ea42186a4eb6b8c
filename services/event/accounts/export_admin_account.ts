import { emailKey } from "@evently/shared/auth";
import type { Sql } from "@evently/shared/postgres";
import { callerGone } from "../organisations/organiser.ts";
import {
  type AdminProfile,
  type ExportedChange,
  type ExportedInvitation,
  type ExportedMembership,
  findAdminProfile,
  listExportedChanges,
  listExportedInvitations,
  listExportedMemberships,
} from "./export_admin_sql.ts";

/** All that the platform has of an organiser; of each list the latest. */
export interface AdminExport {
  profile: AdminProfile;
  organisations: ExportedMembership[];
  invitations: ExportedInvitation[];
  changes: ExportedChange[];
}

/**
 * Collects what the platform has of an organiser.
 *
 * @throws {DomainError} `UNAUTHORIZED`: there is no such account any more
 */
export async function exportAdminAccount(
  { sql }: { sql: Sql },
  adminId: string,
): Promise<AdminExport> {
  const profile = await findAdminProfile(sql, adminId);
  if (!profile) throw callerGone();
  const [organisations, invitations, changes] = await Promise.all([
    listExportedMemberships(sql, adminId),
    listExportedInvitations(sql, { adminId, emailKey: emailKey(profile.email) }),
    listExportedChanges(sql, adminId),
  ]);
  return { profile, organisations, invitations, changes };
}
