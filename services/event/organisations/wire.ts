/** The wire shapes of organisations, their members, invitations and changes, and their mapping. */
import { z } from "@hono/zod-openapi";
import { isEmail, MAX_EMAIL_OCTETS } from "@evently/shared/auth";
import { clampedQuery, idParam, opaqueText, requiredText } from "@evently/shared/http";
import type { ChangeRecord } from "./changes_sql.ts";
import type { InvitationRecord } from "./invitations_sql.ts";
import type { MemberRecord } from "./memberships_sql.ts";
import { MEMBER_ROLES } from "./organiser.ts";
import type { OrganisationRecord, OwnOrganisation } from "./organisations_sql.ts";

const MAX_NAME_CHARS = 200;
const MAX_TOKEN_CHARS = 128;

export const OrganisationParams = z.object({ id: idParam("Invalid organisation ID") });
export const MemberParams = OrganisationParams.extend({
  admin_id: idParam("Invalid member ID"),
});
export const InvitationParams = OrganisationParams.extend({
  invitation_id: idParam("Invalid invitation ID"),
});
const BEFORE_RULE = "before must be the ID of a change";

export const ChangesQuery = z.object({
  before: z.union([z.literal(""), idParam(BEFORE_RULE)], BEFORE_RULE).optional()
    .openapi({
      type: "string",
      format: "uuid",
      description: "The last change of the page before, as `next` has it",
    }),
  limit: clampedQuery("limit", { min: 1, max: 100, default: 50 }),
});

const Role = z.enum(MEMBER_ROLES, `role must be one of ${MEMBER_ROLES.join(", ")}`).openapi({
  description: "Owners decide who belongs to it, managers change its events, analysts read",
});

export const OrganisationRequest = z.object({
  name: requiredText("name", { max: MAX_NAME_CHARS }),
}).openapi("OrganisationRequest");

export const RoleRequest = z.object({ role: Role }).openapi("MemberRoleRequest");

export const InviteRequest = z.object({
  email: requiredText("email", { max: MAX_EMAIL_OCTETS }).refine(isEmail, "Invalid email format")
    .openapi({ format: "email" }),
  role: Role,
}).openapi("InviteRequest");

export const InvitationTokenRequest = z.object({
  token: opaqueText("token", { max: MAX_TOKEN_CHARS }),
}).openapi("InvitationTokenRequest");

export const OrganisationResponse = z.object({
  organisation_id: z.guid(),
  name: z.string(),
  created_at: z.string(),
  role: Role.optional().openapi({ description: "Yours; absent if you do not belong to it" }),
}).openapi("Organisation");

export const OrganisationListResponse = z.object({
  organisations: z.array(OrganisationResponse),
}).openapi("OrganisationList");

export const MemberResponse = z.object({
  admin_id: z.guid(),
  name: z.string(),
  email: z.string(),
  role: Role,
  joined_at: z.iso.datetime(),
}).openapi("Member");

export const MemberListResponse = z.object({ members: z.array(MemberResponse) })
  .openapi("MemberList");

export const InvitationResponse = z.object({
  invitation_id: z.guid(),
  email: z.string(),
  role: Role,
  invited_by: z.string().openapi({ description: "The name of who invited" }),
  created_at: z.string(),
  expires_at: z.string(),
}).openapi("Invitation");

export const InvitationListResponse = z.object({ invitations: z.array(InvitationResponse) })
  .openapi("InvitationList");

export const ReceivedInvitationResponse = z.object({
  organisation_id: z.guid(),
  organisation_name: z.string(),
  invited_by: z.string(),
  email: z.string(),
  role: Role,
  expires_at: z.string(),
  has_account: z.boolean().openapi({ description: "Whether an account has the address" }),
}).openapi("ReceivedInvitation");

const Value = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** Fields before and after a change. */
export const ChangedFields = z.array(z.object({ field: z.string(), from: Value, to: Value }));

export const ChangeResponse = z.object({
  change_id: z.guid(),
  happened_at: z.iso.datetime(),
  admin_id: z.guid(),
  admin_name: z.string(),
  action: z.string(),
  subject_id: z.guid(),
  subject_name: z.string(),
  event_id: z.guid().optional(),
  fields: ChangedFields,
}).openapi("Change");

export const ChangeListResponse = z.object({
  changes: z.array(ChangeResponse),
  next: z.guid().optional().openapi({ description: "`before` of the next page, if there is one" }),
}).openapi("ChangeList");

export function toOrganisation(
  { organisationId, name, createdAt, role }: OrganisationRecord & Partial<OwnOrganisation>,
): z.infer<typeof OrganisationResponse> {
  return {
    organisation_id: organisationId,
    name,
    created_at: createdAt.toISOString(),
    ...(role === undefined ? {} : { role }),
  };
}

export function toMember(
  { adminId, name, email, role, joinedAt }: MemberRecord,
): z.infer<typeof MemberResponse> {
  return { admin_id: adminId, name, email, role, joined_at: joinedAt.toISOString() };
}

export function toInvitation(
  { invitationId, email, role, inviterName, createdAt, expiresAt }: InvitationRecord,
): z.infer<typeof InvitationResponse> {
  return {
    invitation_id: invitationId,
    email,
    role,
    invited_by: inviterName,
    created_at: createdAt.toISOString(),
    expires_at: expiresAt.toISOString(),
  };
}

export function toReceivedInvitation(
  { organisationId, organisationName, email, role, inviterName, expiresAt }: InvitationRecord,
  { hasAccount }: { hasAccount: boolean },
): z.infer<typeof ReceivedInvitationResponse> {
  return {
    organisation_id: organisationId,
    organisation_name: organisationName,
    invited_by: inviterName,
    email,
    role,
    expires_at: expiresAt.toISOString(),
    has_account: hasAccount,
  };
}

export function toChange(change: ChangeRecord): z.infer<typeof ChangeResponse> {
  return {
    change_id: change.changeId,
    happened_at: change.happenedAt.toISOString(),
    admin_id: change.adminId,
    admin_name: change.adminName,
    action: change.action,
    subject_id: change.subjectId,
    subject_name: change.subjectName,
    ...(change.eventId === null ? {} : { event_id: change.eventId }),
    fields: change.fields,
  };
}
