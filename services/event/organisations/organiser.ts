import type { AdminIdentity, AdminRole } from "@evently/shared/auth";
import { DomainError } from "@evently/shared/errors";

/** What a member may do in an organisation: run it, change its events, or read. */
export const MEMBER_ROLES = ["owner", "manager", "analyst"] as const;
export type MemberRole = (typeof MEMBER_ROLES)[number];

/** The roles whose members change what belongs to the organisation. */
export const EDITING_ROLES: readonly MemberRole[] = ["owner", "manager"];

/** The platform roles that may change things; analysts of the platform only read. */
export const EDITORS: readonly AdminRole[] = ["super_admin", "event_manager"];

/** An account's place in an organisation. */
export interface Membership {
  organisationId: string;
  role: MemberRole;
}

/** Who sends a request: the admin of the token, with the memberships that they have now. */
export interface Organiser extends AdminIdentity {
  /** The oldest first; only of the organisation that the request names, if it names one. */
  memberships: readonly Membership[];
  /** The organisation that the request is about, where it names one. */
  named: string | undefined;
}

/** Context variables of organisers' routes. */
export interface OrganiserVariables {
  admin: Organiser;
}

/** Ids of organisations; `undefined` stands for all of them. */
export type Organisations = readonly string[] | undefined;

/** The organisations that an organiser sees: their own; for super admins and analysts of the platform all. */
export function readable(admin: Organiser): Organisations {
  if (admin.role === "event_manager") return idsOf(admin.memberships);
  return admin.named === undefined ? undefined : [admin.named];
}

/** The organisations in which an organiser changes events, venues and webhooks. */
export function editable(admin: Organiser): Organisations {
  if (admin.role === "super_admin") return readable(admin);
  if (admin.role === "analyst") return [];
  return idsOf(admin.memberships.filter(({ role }) => EDITING_ROLES.includes(role)));
}

/** Whether an organisation is among some. */
export function includes(organisations: Organisations, organisationId: string): boolean {
  return organisations === undefined || organisations.includes(organisationId);
}

/**
 * Checks that an organiser may change what belongs to an organisation.
 *
 * @param missing what is said if they do not even see it
 * @throws {DomainError} `missing`; `FORBIDDEN`: they only read there
 */
export function assertEditable(
  admin: Organiser,
  organisationId: string,
  missing: DomainError,
): void {
  if (includes(editable(admin), organisationId)) return;
  throw includes(readable(admin), organisationId) ? onlyReads() : missing;
}

/**
 * The organisation to which something new belongs: the one that the request names, else the organiser's organisation of
 * one, else the first that they joined and may change.
 *
 * @throws {DomainError} `FORBIDDEN`: there is none
 */
export function targetOrganisation(admin: Organiser): string {
  if (admin.role === "super_admin" && admin.named !== undefined) return admin.named;
  const own = idsOf(admin.memberships.filter(({ role }) => EDITING_ROLES.includes(role)));
  const target = own.find((id) => id === admin.adminId) ?? own[0];
  if (target !== undefined) return target;
  if (admin.memberships.length > 0) throw onlyReads();
  throw new DomainError("FORBIDDEN", "Forbidden: you belong to no organisation");
}

/** The error of a member who may see but not change something. */
export function onlyReads(): DomainError {
  return new DomainError("FORBIDDEN", "Forbidden: an analyst of the organisation only reads");
}

/** The error of a valid token whose admin does not exist any more. */
export function callerGone(): DomainError {
  return new DomainError("UNAUTHORIZED", "Unauthorized: invalid admin token");
}

/** The organisations of memberships. */
export function idsOf(memberships: readonly Membership[]): string[] {
  return memberships.map(({ organisationId }) => organisationId);
}
