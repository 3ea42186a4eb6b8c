import { useQuery } from "@tanstack/react-query";
import { organisationsQuery } from "./api/organisations.ts";
import { useConsole } from "./use_console.ts";
import { useOrganiser } from "./use_organiser.ts";

/**
 * Whether the organiser may change what belongs to an organisation, so that pages have no button which the API would
 * refuse. `undefined` until that is known.
 */
export function useMayChange(organisationId: string | undefined): boolean | undefined {
  const { api } = useConsole();
  const { adminId, role, canChange } = useOrganiser();
  const isMember = canChange && role !== "super_admin";
  const { data } = useQuery({ ...organisationsQuery(api, adminId), enabled: isMember });
  if (!isMember) return canChange;
  const own = data?.find(({ organisation_id }) => organisation_id === organisationId);
  return data && (own?.role === "owner" || own?.role === "manager");
}
