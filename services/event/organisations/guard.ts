import { type AccessTokens, requireAdmin } from "@evently/shared/auth";
import { invalidInput } from "@evently/shared/errors";
import { optionalHeader } from "@evently/shared/http";
import { z } from "@hono/zod-openapi";
import { createMiddleware } from "hono/factory";
import { EDITORS, type OrganiserVariables } from "./organiser.ts";
import { type MembershipDeps, withMemberships } from "./with_memberships.ts";

const MAX_ID_CHARS = 36;
const Id = z.guid().optional();

const header = optionalHeader("Organisation-Id", { maxChars: MAX_ID_CHARS });

/** Narrows a request to one of the organisations of its sender. */
export const OrganisationHeader = {
  read: header.read,
  parameter: {
    ...header.parameter,
    description: "Narrows the request to one of your organisations",
    schema: { type: "string", format: "uuid" },
  },
} as const;

export interface OrganiserDeps extends MembershipDeps {
  tokens: Pick<AccessTokens, "verifyAdmin">;
}

/**
 * Admits organisers, and sets `admin` in the context with the memberships that they have at this moment, so that a removed
 * member's token opens nothing any more. Analysts of the platform may only `GET`.
 */
export function requireOrganiser(deps: OrganiserDeps) {
  const readers = requireAdmin(deps);
  const editors = requireAdmin({ ...deps, roles: EDITORS });
  return createMiddleware<{ Variables: OrganiserVariables }>(
    async function requireOrganiser(c, next) {
      const isRead = c.req.method === "GET" || c.req.method === "HEAD";
      const guard = isRead ? readers : editors;
      // deno-lint-ignore no-explicit-any -- the guard sets the identity, which is completed here
      return await guard(c as any, async () => {
        const named = OrganisationHeader.read(c)?.toLowerCase();
        if (!Id.safeParse(named).success) {
          throw invalidInput("organisation-id", "Invalid organisation ID");
        }
        const organiser = { ...c.get("admin"), named, memberships: [] };
        c.set("admin", await withMemberships(deps, organiser, { mustExist: !isRead }));
        await next();
      });
    },
  );
}
