import { z } from "@hono/zod-openapi";
import { MEMBER_ROLES } from "../organisations/organiser.ts";
import { ChangedFields } from "../organisations/wire.ts";
import type { AdminExport } from "./export_admin_account.ts";

export const AdminExportResponse = z.object({
  exported_at: z.iso.datetime(),
  profile: z.object({
    admin_id: z.guid(),
    email: z.string(),
    name: z.string(),
    phone_number: z.string().optional(),
    role: z.string(),
    language: z.string(),
    email_verified: z.boolean(),
    created_at: z.iso.datetime(),
  }),
  organisations: z.array(z.object({
    organisation_id: z.guid(),
    name: z.string(),
    role: z.enum(MEMBER_ROLES),
    joined_at: z.iso.datetime(),
  })),
  invitations: z.array(z.object({
    organisation_name: z.string(),
    email: z.string(),
    role: z.enum(MEMBER_ROLES),
    sent_by_you: z.boolean(),
    created_at: z.iso.datetime(),
    accepted_at: z.iso.datetime().optional(),
  })),
  changes: z.array(z.object({
    organisation_id: z.guid(),
    happened_at: z.iso.datetime(),
    action: z.string(),
    subject_name: z.string(),
    fields: ChangedFields,
  })),
}).openapi("OrganiserExport");

/** Maps what is known of an organiser to their file. */
export function toAdminExport(
  { profile, organisations, invitations, changes }: AdminExport,
  now: Date,
): z.infer<typeof AdminExportResponse> {
  return {
    exported_at: now.toISOString(),
    profile: {
      admin_id: profile.adminId,
      email: profile.email,
      name: profile.name,
      ...(profile.phoneNumber === null ? {} : { phone_number: profile.phoneNumber }),
      role: profile.role,
      language: profile.language,
      email_verified: profile.isEmailVerified,
      created_at: profile.createdAt.toISOString(),
    },
    organisations: organisations.map(({ organisationId, name, role, joinedAt }) => ({
      organisation_id: organisationId,
      name,
      role,
      joined_at: joinedAt.toISOString(),
    })),
    invitations: invitations.map((invitation) => ({
      organisation_name: invitation.organisationName,
      email: invitation.email,
      role: invitation.role,
      sent_by_you: invitation.isSent,
      created_at: invitation.createdAt.toISOString(),
      ...(invitation.acceptedAt === null
        ? {}
        : { accepted_at: invitation.acceptedAt.toISOString() }),
    })),
    changes: changes.map((change) => ({
      organisation_id: change.organisationId,
      happened_at: change.happenedAt.toISOString(),
      action: change.action,
      subject_name: change.subjectName,
      fields: change.fields,
    })),
  };
}
