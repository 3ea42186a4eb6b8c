import { type AccountLimits, noStore } from "@evently/shared/auth";
import { DomainError } from "@evently/shared/errors";
import { createRoutes, errors, json, jsonBody, route } from "@evently/shared/http";
import { findAdmin, findAdminCredentials } from "../accounts/admins_sql.ts";
import { MessageResponse } from "../accounts/wire.ts";
import { markOrganisationChanged } from "../search_feed/changed_events_sql.ts";
import { acceptInvitation, findUsableInvitation } from "./accept_invitation.ts";
import { changeMemberRole } from "./change_member_role.ts";
import { listChangeRows } from "./changes_sql.ts";
import { createOrganisation } from "./create_organisation.ts";
import { listInvitationRows } from "./invitations_sql.ts";
import { type InviteDeps, inviteMember, MAX_INVITATIONS } from "./invite_member.ts";
import { assertSees } from "./manage_organisation.ts";
import { listMemberRows } from "./memberships_sql.ts";
import { callerGone, type Organiser, type OrganiserVariables } from "./organiser.ts";
import { findOrganisation, listOwnOrganisations } from "./organisations_sql.ts";
import { removeMember } from "./remove_member.ts";
import { type RenameDeps, renameOrganisation } from "./rename_organisation.ts";
import {
  ChangeListResponse,
  ChangesQuery,
  InvitationListResponse,
  InvitationParams,
  InvitationResponse,
  InvitationTokenRequest,
  InviteRequest,
  MemberListResponse,
  MemberParams,
  MemberResponse,
  OrganisationListResponse,
  OrganisationParams,
  OrganisationRequest,
  OrganisationResponse,
  ReceivedInvitationResponse,
  RoleRequest,
  toChange,
  toInvitation,
  toMember,
  toOrganisation,
  toReceivedInvitation,
} from "./wire.ts";
import { withdrawInvitation } from "./withdraw_invitation.ts";

const ORGANISATIONS = { tags: ["Organisations"] as [string], security: [{ adminToken: [] }] };

const listRoute = route({
  ...ORGANISATIONS,
  method: "get",
  path: "/admin/organisations",
  operationId: "listOrganisations",
  summary: "List your organisations",
  description: "In the order in which you joined them, with your role in each.",
  responses: { 200: json(OrganisationListResponse), ...errors(401, 503) },
});

const createRoute = route({
  ...ORGANISATIONS,
  method: "post",
  path: "/admin/organisations",
  operationId: "createOrganisation",
  summary: "Create an organisation",
  description:
    "You own it. Where registration is closed, only organisers who own an organisation already may create another.",
  request: { body: jsonBody(OrganisationRequest) },
  responses: { 201: json(OrganisationResponse), ...errors(400, 401, 403, 409, 413, 503) },
});

const getRoute = route({
  ...ORGANISATIONS,
  method: "get",
  path: "/admin/organisations/{id}",
  operationId: "getOrganisation",
  summary: "Get an organisation",
  description: "With your role in it, if you have one.",
  request: { params: OrganisationParams },
  responses: { 200: json(OrganisationResponse), ...errors(400, 401, 404, 503) },
});

const renameRoute = route({
  ...ORGANISATIONS,
  method: "put",
  path: "/admin/organisations/{id}",
  operationId: "renameOrganisation",
  summary: "Rename an organisation",
  description: "Only its owners may. Its events show the name.",
  request: { params: OrganisationParams, body: jsonBody(OrganisationRequest) },
  responses: { 200: json(OrganisationResponse), ...errors(400, 401, 403, 404, 413, 503) },
});

const membersRoute = route({
  ...ORGANISATIONS,
  method: "get",
  path: "/admin/organisations/{id}/members",
  operationId: "listMembers",
  summary: "List the members of an organisation",
  description: "At most 200, in the order in which they joined.",
  request: { params: OrganisationParams },
  responses: { 200: json(MemberListResponse), ...errors(400, 401, 404, 503) },
});

const changeRoleRoute = route({
  ...ORGANISATIONS,
  method: "put",
  path: "/admin/organisations/{id}/members/{admin_id}",
  operationId: "changeMemberRole",
  summary: "Change the role of a member",
  description: "Only owners may. It counts from the member's next request. One owner always stays.",
  request: { params: MemberParams, body: jsonBody(RoleRequest) },
  responses: { 200: json(MemberResponse), ...errors(400, 401, 403, 404, 409, 413, 503) },
});

const removeRoute = route({
  ...ORGANISATIONS,
  method: "delete",
  path: "/admin/organisations/{id}/members/{admin_id}",
  operationId: "removeMember",
  summary: "Remove a member, or leave",
  description:
    "Owners remove anybody, everybody may leave. Nothing that they do afterwards counts, whatever token they have. One " +
    "owner always stays.",
  request: { params: MemberParams },
  responses: { 200: json(MessageResponse), ...errors(400, 401, 403, 404, 409, 503) },
});

const invitationsRoute = route({
  ...ORGANISATIONS,
  method: "get",
  path: "/admin/organisations/{id}/invitations",
  operationId: "listInvitations",
  summary: "List open invitations",
  description:
    "Those that were neither accepted nor withdrawn, the latest first; some may have expired.",
  request: { params: OrganisationParams },
  responses: { 200: json(InvitationListResponse), ...errors(400, 401, 404, 503) },
});

const withdrawRoute = route({
  ...ORGANISATIONS,
  method: "delete",
  path: "/admin/organisations/{id}/invitations/{invitation_id}",
  operationId: "withdrawInvitation",
  summary: "Withdraw an invitation",
  description: "Only owners may. Its link can no longer be used.",
  request: { params: InvitationParams },
  responses: { 200: json(MessageResponse), ...errors(400, 401, 403, 404, 503) },
});

const changesRoute = route({
  ...ORGANISATIONS,
  method: "get",
  path: "/admin/organisations/{id}/changes",
  operationId: "listChanges",
  summary: "List who changed what, the latest first",
  description:
    "Every change by organisers' routes, with the fields before and after it; long values are cut. Continue with `before`.",
  request: { params: OrganisationParams, query: ChangesQuery },
  responses: { 200: json(ChangeListResponse), ...errors(400, 401, 404, 503) },
});

const acceptRoute = route({
  ...ORGANISATIONS,
  method: "post",
  path: "/admin/invitations/accept",
  operationId: "acceptInvitation",
  summary: "Accept an invitation",
  description: "By an account with the address that was invited. An invitation can be used once.",
  request: { body: jsonBody(InvitationTokenRequest) },
  responses: { 200: json(OrganisationResponse), ...errors(400, 401, 403, 409, 413, 503) },
});

interface OrganisationDeps extends InviteDeps, Pick<RenameDeps, "publicEvents"> {
  adminRegistration: "open" | "closed";
  limits: Pick<AccountLimits, "limitMails" | "perAddress">;
}

/** Routes of organisations; the token and the platform role are checked before. */
export function organisationRoutes(deps: OrganisationDeps) {
  const { sql } = deps;
  const inviteRoute = route({
    ...ORGANISATIONS,
    method: "post",
    path: "/admin/organisations/{id}/invitations",
    operationId: "inviteMember",
    summary: "Invite somebody by e-mail",
    description:
      "Only owners may. The mail has a link that works once, for seven days. Another invitation of the same address " +
      "replaces the one before.",
    request: { params: OrganisationParams, body: jsonBody(InviteRequest) },
    responses: { 201: json(InvitationResponse), ...errors(400, 401, 403, 404, 409, 413, 429, 503) },
  });

  async function organisationFor(admin: Organiser, organisationId: string) {
    assertSees(admin, organisationId);
    const organisation = await findOrganisation(sql, organisationId);
    if (!organisation) throw new DomainError("ORGANISATION_NOT_FOUND");
    const own = admin.memberships.find((one) => one.organisationId === organisationId);
    return { ...organisation, ...own };
  }

  return createRoutes<OrganiserVariables>()
    .openapi(listRoute, async (c) => {
      const found = await listOwnOrganisations(sql, c.get("admin").adminId);
      return c.json({ organisations: found.map(toOrganisation) }, 200);
    })
    .openapi(createRoute, async (c) => {
      const { name } = c.req.valid("json");
      const created = await createOrganisation(deps, { admin: c.get("admin"), name });
      return c.json(toOrganisation(created), 201);
    })
    .openapi(getRoute, async (c) => {
      const found = await organisationFor(c.get("admin"), c.req.valid("param").id);
      return c.json(toOrganisation(found), 200);
    })
    .openapi(renameRoute, async (c) => {
      const admin = c.get("admin");
      const organisationId = c.req.valid("param").id;
      const { name } = c.req.valid("json");
      const eventsChanged = markOrganisationChanged;
      await renameOrganisation({ ...deps, eventsChanged }, { admin, organisationId, name });
      return c.json(toOrganisation(await organisationFor(admin, organisationId)), 200);
    })
    .openapi(membersRoute, async (c) => {
      const { organisationId } = await organisationFor(c.get("admin"), c.req.valid("param").id);
      const members = await listMemberRows(sql, organisationId);
      return c.json({ members: members.map(toMember) }, 200);
    })
    .openapi(changeRoleRoute, async (c) => {
      const { id: organisationId, admin_id: adminId } = c.req.valid("param");
      const { role } = c.req.valid("json");
      const admin = c.get("admin");
      const member = await changeMemberRole(deps, { admin, organisationId, adminId, role });
      return c.json(toMember(member), 200);
    })
    .openapi(removeRoute, async (c) => {
      const { id: organisationId, admin_id: adminId } = c.req.valid("param");
      await removeMember(deps, { admin: c.get("admin"), organisationId, adminId });
      return c.json({ message: "Member removed successfully" }, 200);
    })
    .openapi(inviteRoute, async (c) => {
      const admin = c.get("admin");
      const organisationId = c.req.valid("param").id;
      const { email, role } = c.req.valid("json");
      await deps.limits.limitMails(admin.adminId);
      const invitation = await inviteMember(deps, { admin, organisationId, email, role });
      return c.json(toInvitation(invitation), 201);
    })
    .openapi(invitationsRoute, async (c) => {
      const { organisationId } = await organisationFor(c.get("admin"), c.req.valid("param").id);
      const found = await listInvitationRows(sql, { organisationId, limit: MAX_INVITATIONS });
      return c.json({ invitations: found.map(toInvitation) }, 200);
    })
    .openapi(withdrawRoute, async (c) => {
      const { id: organisationId, invitation_id: invitationId } = c.req.valid("param");
      await withdrawInvitation(deps, { admin: c.get("admin"), organisationId, invitationId });
      return c.json({ message: "Invitation withdrawn successfully" }, 200);
    })
    .openapi(changesRoute, async (c) => {
      const { organisationId } = await organisationFor(c.get("admin"), c.req.valid("param").id);
      const { before, limit } = c.req.valid("query");
      const rows = await listChangeRows(sql, {
        organisationId,
        before: before || undefined,
        limit: limit + 1,
      });
      const changes = rows.slice(0, limit).map(toChange);
      const next = rows.length > limit ? { next: changes.at(-1)!.change_id } : {};
      return c.json({ changes, ...next }, 200);
    })
    .openapi(acceptRoute, async (c) => {
      const admin = c.get("admin");
      const account = await findAdmin(sql, admin.adminId);
      if (!account) throw callerGone();
      const { token } = c.req.valid("json");
      const joined = await acceptInvitation(deps, { admin, email: account.email, token });
      return c.json(toOrganisation(joined), 200);
    });
}

/** The public route by which the link of an invitation shows what it is for. */
export function invitationRoutes(
  deps: Parameters<typeof findUsableInvitation>[0] & Pick<OrganisationDeps, "limits">,
) {
  const viewRoute = route({
    method: "post",
    path: "/auth/admin/invitation",
    operationId: "viewInvitation",
    tags: ["Organiser accounts"],
    summary: "Get the invitation of a link",
    description:
      "What it is for, and whether its address has an account: with one, log in and accept it; without one, register with " +
      "`invitation`.",
    middleware: [noStore(), deps.limits.perAddress("recover")],
    request: { body: jsonBody(InvitationTokenRequest) },
    responses: { 200: json(ReceivedInvitationResponse), ...errors(400, 413, 429, 503) },
  });
  return createRoutes()
    .openapi(viewRoute, async (c) => {
      const invitation = await findUsableInvitation(deps, c.req.valid("json").token);
      const account = await findAdminCredentials(deps.sql, invitation.email);
      return c.json(toReceivedInvitation(invitation, { hasAccount: account !== undefined }), 200);
    });
}
