import { useQuery } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { type Organisation, organisationsQuery } from "./api/organisations.ts";
import { useConsole } from "./use_console.ts";

/** The reader's organisations, and the one that they look at. */
export interface OrganisationValue {
  /** `undefined`: not known yet. */
  all: readonly Organisation[] | undefined;
  /** The chosen one, where there is a choice. */
  chosen: Organisation | undefined;
  /** The chosen one, else the first. */
  current: Organisation | undefined;
}

/** @param adminId who looks; nobody is asked about while it is not known */
export function useOrganisation(adminId: string | undefined): OrganisationValue {
  const { api, organisation } = useConsole();
  const id = useSyncExternalStore(organisation.subscribe, organisation.current, () => undefined);
  const { data: all } = useQuery({
    ...organisationsQuery(api, adminId ?? ""),
    enabled: adminId !== undefined,
  });
  const chosen = all?.find(({ organisation_id }) => organisation_id === id);
  return { all, chosen, current: chosen ?? all?.[0] };
}
