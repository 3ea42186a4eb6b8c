import type { components } from "@evently/shared/client/gateway";
import type { Account } from "../session/auth_requests.ts";

/** What an organiser may do; an analyst reads only. */
export type OrganiserRole = components["schemas"]["AdminSession"]["role"];

/** The logged-in organiser. */
export interface Organiser {
  adminId: string;
  role: OrganiserRole;
  /** Known after a log-in, not after a renewal. */
  name?: string | undefined;
}

/** The log-in of organisers. */
export const ORGANISERS: Account<Organiser> = {
  audience: "organiser",
  toUser: ({ admin_id = "", role = "analyst", name }) => ({
    adminId: admin_id,
    role: role as OrganiserRole,
    name,
  }),
};
