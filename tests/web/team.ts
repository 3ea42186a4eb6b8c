import { newId } from "@evently/shared/ids";
import { dataOf } from "../journeys/platform.ts";
import type { PageState } from "./all_pages.ts";
import type { ConsoleAccount } from "./console_login.ts";
import type { WebTest } from "./suite.ts";

/** An organiser with a team of their own. */
export interface Lead extends ConsoleAccount {
  name: string;
  organisationId: string;
  headers: { Authorization: string };
}

/** Registers an organiser, whose organisation is of one. */
export async function registerLead({ platform: { api } }: WebTest, name: string): Promise<Lead> {
  const account = { email: `${newId()}@example.com`, password: "a long password" };
  const { access_token } = await dataOf(
    api.POST("/api/event/auth/admin/register", {
      body: { ...account, name, role: "event_manager" },
    }),
  );
  const headers = { Authorization: `Bearer ${access_token}` };
  const { organisations: [own] } = await dataOf(
    api.GET("/api/event/admin/organisations", { headers }),
  );
  return { ...account, name, headers, organisationId: own!.organisation_id };
}

/** Invites an address into the team of an organiser. */
export async function inviteByApi(
  { platform: { api } }: WebTest,
  { headers, organisationId }: Lead,
  body: { email: string; role: "owner" | "manager" | "analyst" },
): Promise<string> {
  const { invitation_id } = await dataOf(
    api.POST("/api/event/admin/organisations/{id}/invitations", {
      headers,
      params: { path: { id: organisationId } },
      body,
    }),
  );
  return invitation_id;
}

/** The pages of a team. */
export async function teamPages(t: WebTest): Promise<PageState[]> {
  const { api } = t.platform;
  const lead = await registerLead(t, "Jaipur Jazz");
  const { headers } = lead;
  const invitationId = await inviteByApi(t, lead, { email: "asha@example.com", role: "manager" });
  await dataOf(
    api.POST("/api/event/admin/organisations", { headers, body: { name: "Pune Poetry" } }),
  );
  const venue = { name: "Fort", address: "1 Fort Road", city: "Jaipur", capacity: 200 };
  const { venue_id } = await dataOf(
    api.POST("/api/event/admin/venues", { headers, body: { ...venue, country: "India" } }),
  );
  await dataOf(
    api.PUT("/api/event/admin/venues/{id}", {
      headers,
      params: { path: { id: venue_id } },
      body: { capacity: 250, name: "Old Fort" },
    }),
  );
  return [
    { name: "console team", path: "/console/team", organiser: lead },
    { name: "console changes", path: "/console/changes", organiser: lead },
    { name: "invitation, no link", path: `/console/invitations/${invitationId}` },
  ];
}
