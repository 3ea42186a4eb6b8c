import { splitLanguage } from "@evently/shared/languages";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import type { Organisation } from "../api/organisations.ts";
import { useOrganisation } from "../use_organisation.ts";
import type { Organiser } from "../organiser.ts";
import { OrganiserContext } from "../use_organiser.ts";
import { useOrganiserSession } from "../use_organiser_session.ts";
import { PageSkeleton } from "./page_skeleton.tsx";

/**
 * Shows a page to organisers alone. Strangers are led to the log-in, and back afterwards; until they are there, a page
 * whose log-in has ended stays as it is.
 */
export function OrganiserGate({ children }: { children: ReactNode }) {
  const session = useOrganiserSession();
  const current = session.status === "in" ? session.user : undefined;
  const organiser = useLast(current);
  useWayToLogIn(session.status === "out");
  const { all, chosen } = useOrganisation(organiser?.adminId);
  const isReader = isOnlyReader(organiser, chosen ? [chosen] : all);
  const value = useMemo(
    () => organiser && { ...organiser, canChange: !isReader },
    [organiser, isReader],
  );
  if (!value) return <PageSkeleton />;
  return <OrganiserContext.Provider value={value}>{children}</OrganiserContext.Provider>;
}

/** Whether somebody only reads: as an analyst of the platform, or of the organisations that they look at. */
function isOnlyReader(
  organiser: Organiser | undefined,
  organisations: readonly Organisation[] | undefined,
): boolean {
  if (organiser?.role !== "event_manager") return organiser?.role === "analyst";
  return organisations !== undefined && organisations.every(({ role }) => role === "analyst");
}

/** The value, or the last one there was. */
function useLast(organiser: Organiser | undefined): Organiser | undefined {
  const [last, setLast] = useState(organiser);
  if (organiser && organiser !== last) setLast(organiser);
  return organiser ?? last;
}

function useWayToLogIn(isOut: boolean): void {
  const navigate = useNavigate();
  useEffect(() => {
    if (!isOut) return;
    const { search, hash } = location;
    const { path } = splitLanguage(location.pathname);
    if (path === "/console/login") return;
    const to = path + search + hash;
    void navigate({ to: "/console/login", search: to === "/console" ? {} : { to }, replace: true });
  }, [isOut, navigate]);
}
