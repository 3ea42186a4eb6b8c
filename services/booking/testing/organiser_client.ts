import type { AdminRole } from "@evently/shared/auth";
import { BINDING_ORIGIN } from "@evently/shared/services";
import { jsonRequest, readAnswer } from "@evently/shared/testing";
import type { World } from "./world.ts";

/** Sends requests to organisers' routes of the event service of a world, as its organiser unless another is named. */
export function organiserClient({ context, stores, eventService }: World) {
  async function fetchAs(
    path: string,
    { adminId = stores.adminId, role = "event_manager", accept = "application/json" }: {
      adminId?: string;
      role?: AdminRole;
      accept?: string;
    } = {},
  ): Promise<Response> {
    const token = await context.tokens.issueForAdmin({ adminId, role, permissions: "{}" });
    const headers = { Accept: accept };
    const request = jsonRequest("GET", `${BINDING_ORIGIN}/api/v1${path}`, { token, headers });
    return await eventService.app.fetch(request, {});
  }
  return {
    fetch: fetchAs,
    /** Reads JSON. */
    get: (path: string, options: Parameters<typeof fetchAs>[1] = {}) =>
      readAnswer(fetchAs(path, options)),
  };
}

/** Replaces the user service with users of these names, by id; others have none. */
export function knowUsers({ context }: World, users: Readonly<Record<string, string>>): void {
  const emailOf = (name: string) => `${name.toLowerCase().replaceAll(/\W+/g, ".")}@example.com`;
  context.provide("user", {
    async fetch(request) {
      const { user_ids, text }: { user_ids: string[]; text: string } = await request.json();
      const known = user_ids.filter((id) => users[id] !== undefined).map((id) => ({
        user_id: id,
        name: users[id]!,
        email: emailOf(users[id]!),
        language: "en",
      }));
      if (!new URL(request.url).pathname.endsWith("/search")) {
        return Response.json({ users: known });
      }
      const found = known.filter(({ name, email }) =>
        `${name} ${email}`.toLowerCase().includes(text.toLowerCase())
      );
      return Response.json({ user_ids: found.map(({ user_id }) => user_id) });
    },
  });
}
