import { createContext, useContext } from "react";
import type { Organiser } from "./organiser.ts";

/** The logged-in organiser, for pages. */
export interface OrganiserValue extends Organiser {
  /** Whether anything may be changed: not by an analyst, whose pages are without buttons. */
  canChange: boolean;
}

/** Given by the console's frame. */
export const OrganiserContext = createContext<OrganiserValue | undefined>(undefined);

/** The logged-in organiser. Pages within the console's frame are shown to nobody else. */
export function useOrganiser(): OrganiserValue {
  const organiser = useContext(OrganiserContext);
  if (!organiser) throw new Error("useOrganiser() is called outside of the console's frame");
  return organiser;
}
