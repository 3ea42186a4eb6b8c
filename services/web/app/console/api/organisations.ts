import type { components } from "@evently/shared/client/gateway";
import { queryOptions } from "@tanstack/react-query";
import { type Api, unwrap, unwrapOrNull } from "../../api/client.ts";
import { ApiError } from "../../api/errors.ts";
import { CONSOLE_KEY } from "./keys.ts";

export type Organisation = components["schemas"]["Organisation"];
export type Member = components["schemas"]["Member"];
export type MemberRole = Member["role"];
export type Invitation = components["schemas"]["Invitation"];
export type ReceivedInvitation = components["schemas"]["ReceivedInvitation"];
export type Change = components["schemas"]["Change"];

/** The roles, the strongest first. */
export const ROLES = ["owner", "manager", "analyst"] as const satisfies readonly MemberRole[];

/** Changes of a page. */
const PAGE_SIZE = 50;
/** Organisations change rarely, and each page asks for them. */
const STALE_MS = 60_000;

/** An organisation, and the organiser who looks at it. */
export interface OrganisationScope {
  adminId: string;
  organisationId: string;
}

/** Begins the keys of all that is read of organisations. */
export function organisationsKey(adminId: string) {
  return [CONSOLE_KEY, adminId, "organisations"] as const;
}

/** The reader's organisations, in the order in which they joined. */
export function organisationsQuery(api: Api, adminId: string) {
  return queryOptions({
    queryKey: [...organisationsKey(adminId), "list"],
    queryFn: async () => (await unwrap(api.GET("/api/event/admin/organisations"))).organisations,
    staleTime: STALE_MS,
  });
}

export function membersQuery(api: Api, { adminId, organisationId }: OrganisationScope) {
  return queryOptions({
    queryKey: [...organisationsKey(adminId), organisationId, "members"],
    queryFn: async () =>
      (await unwrap(
        api.GET("/api/event/admin/organisations/{id}/members", paramsOf(organisationId)),
      ))
        .members,
  });
}

export function invitationsQuery(api: Api, { adminId, organisationId }: OrganisationScope) {
  return queryOptions({
    queryKey: [...organisationsKey(adminId), organisationId, "invitations"],
    queryFn: async () =>
      (await unwrap(
        api.GET("/api/event/admin/organisations/{id}/invitations", paramsOf(organisationId)),
      )).invitations,
  });
}

/** A page of who changed what, the latest first; it continues after the change `before`. */
export function changesQuery(
  api: Api,
  { adminId, organisationId, before }: OrganisationScope & { before: string | undefined },
) {
  return queryOptions({
    queryKey: [...organisationsKey(adminId), organisationId, "changes", before ?? ""],
    queryFn: () =>
      unwrapOrNull(api.GET("/api/event/admin/organisations/{id}/changes", {
        params: {
          path: { id: organisationId },
          query: { limit: PAGE_SIZE, ...(before === undefined ? {} : { before }) },
        },
      })),
  });
}

export async function renameOrganisation(api: Api, id: string, name: string): Promise<void> {
  await unwrap(
    api.PUT("/api/event/admin/organisations/{id}", { ...paramsOf(id), body: { name } }),
  );
}

export async function changeRole(
  api: Api,
  { organisationId: id, memberId, role }: {
    organisationId: string;
    memberId: string;
    role: MemberRole;
  },
): Promise<void> {
  const params = { path: { id, admin_id: memberId } };
  await unwrap(
    api.PUT("/api/event/admin/organisations/{id}/members/{admin_id}", { params, body: { role } }),
  );
}

/** Removes a member, or leaves. */
export async function removeMember(
  api: Api,
  { organisationId: id, memberId }: { organisationId: string; memberId: string },
): Promise<void> {
  const params = { path: { id, admin_id: memberId } };
  await unwrap(api.DELETE("/api/event/admin/organisations/{id}/members/{admin_id}", { params }));
}

export async function invite(
  api: Api,
  id: string,
  body: { email: string; role: MemberRole },
): Promise<void> {
  await unwrap(
    api.POST("/api/event/admin/organisations/{id}/invitations", { ...paramsOf(id), body }),
  );
}

export async function withdrawInvitation(
  api: Api,
  { organisationId: id, invitationId }: { organisationId: string; invitationId: string },
): Promise<void> {
  const params = { path: { id, invitation_id: invitationId } };
  await unwrap(
    api.DELETE("/api/event/admin/organisations/{id}/invitations/{invitation_id}", { params }),
  );
}

/** What the link of a mail is for; `null` where it does not work. */
export function receivedInvitationQuery(api: Api, token: string) {
  return queryOptions({
    queryKey: [CONSOLE_KEY, "invitation", token],
    queryFn: async () => {
      try {
        return await unwrap(api.POST("/api/event/auth/admin/invitation", { body: { token } }));
      } catch (error) {
        if (error instanceof ApiError && error.status === 400) return null;
        throw error;
      }
    },
    staleTime: Infinity,
  });
}

export async function acceptInvitation(api: Api, token: string): Promise<void> {
  await unwrap(api.POST("/api/event/admin/invitations/accept", { body: { token } }));
}

function paramsOf(id: string) {
  return { params: { path: { id } } };
}
