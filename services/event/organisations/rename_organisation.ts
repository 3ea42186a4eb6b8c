import type { Clock } from "@evently/shared/clock";
import type { Pool, Tx } from "@evently/shared/postgres";
import { changedFields } from "./changed_fields.ts";
import { assertOwner, changeOrganisation } from "./manage_organisation.ts";
import type { Organiser } from "./organiser.ts";
import { renameOrganisationRow } from "./organisations_sql.ts";
import { recordChange } from "./record_change.ts";

export interface RenameDeps {
  sql: Pool;
  clock: Clock;
  publicEvents: { forgetAll(): void };
  /** Marks the events of an organisation, which show its name, for the change feed; in the transaction. */
  eventsChanged(tx: Tx, organisationId: string): Promise<void>;
}

/**
 * Renames an organisation, which its events show. The name that it has is no change.
 *
 * @throws {DomainError} `ORGANISATION_NOT_FOUND`; `FORBIDDEN`: not an owner
 */
export async function renameOrganisation(
  deps: RenameDeps,
  { admin, organisationId, name }: { admin: Organiser; organisationId: string; name: string },
): Promise<void> {
  assertOwner(admin, organisationId);
  const now = deps.clock.now();
  const isChanged = await changeOrganisation(deps, organisationId, async (tx, before) => {
    if (before.name === name) return false;
    await recordChange(tx, {
      by: admin,
      organisationId,
      action: "organisation.renamed",
      subject: { id: organisationId, name },
      fields: changedFields({ name }, before),
      roles: ["owner"],
      now,
    });
    await renameOrganisationRow(tx, { organisationId, name, now });
    await deps.eventsChanged(tx, organisationId);
    return true;
  });
  if (isChanged) deps.publicEvents.forgetAll();
}
