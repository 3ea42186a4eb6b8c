import { DomainError } from "@evently/shared/errors";
import { type Pool, transaction, type Tx } from "@evently/shared/postgres";
import { includes, type Organiser, readable } from "./organiser.ts";
import { lockOrganisation } from "./organisations_sql.ts";

/**
 * Checks that an organiser sees an organisation.
 *
 * @throws {DomainError} `ORGANISATION_NOT_FOUND`
 */
export function assertSees(admin: Organiser, organisationId: string): void {
  if (!includes(readable(admin), organisationId)) throw new DomainError("ORGANISATION_NOT_FOUND");
}

/**
 * Checks that an organiser may decide who belongs to an organisation.
 *
 * @throws {DomainError} `ORGANISATION_NOT_FOUND`; `FORBIDDEN`: they are no owner
 */
export function assertOwner(admin: Organiser, organisationId: string): void {
  assertSees(admin, organisationId);
  const isOwner = admin.memberships.some((own) =>
    own.organisationId === organisationId && own.role === "owner"
  );
  if (isOwner || admin.role === "super_admin") return;
  throw new DomainError("FORBIDDEN", "Forbidden: only an owner of the organisation may do this");
}

/**
 * Changes an organisation in a transaction that has it locked, so that one request at a time decides who belongs to it.
 *
 * @throws {DomainError} `ORGANISATION_NOT_FOUND`; what `change` throws
 */
export function changeOrganisation<Result>(
  { sql }: { sql: Pool },
  organisationId: string,
  change: (tx: Tx, organisation: { id: string; name: string }) => Promise<Result>,
): Promise<Result> {
  return transaction(sql, async (tx) => {
    const name = await lockOrganisation(tx, organisationId);
    if (name === undefined) throw new DomainError("ORGANISATION_NOT_FOUND");
    return await change(tx, { id: organisationId, name });
  });
}
