import {
  AccountLinks,
  ADMIN_ACCOUNTS,
  ADMIN_PAGES,
  DEFAULT_LINK_RULES,
} from "@evently/shared/auth";
import type { Mail } from "@evently/shared/mail";
import { createEventOutbox } from "../events/outbox.ts";
import { InvitationLinks } from "../organisations/invitation_links.ts";
import { MEMBER_ROLES, type MemberRole } from "../organisations/organiser.ts";
import type { Actor, EventWorld } from "./world.ts";

/** An organisation and a member of each role. */
export type Team = Record<MemberRole, Actor> & { organisationId: string };

/** Makes an organisation with an owner, a manager and an analyst, who belong to no other. */
export async function createTeam(world: EventWorld): Promise<Team> {
  const owner = await world.actor();
  const { body } = await world.send("GET", "/admin/organisations", owner);
  const organisationId: string = body.organisations[0].organisation_id;
  const [manager, analyst] = [await world.actor(), await world.actor()];
  const team = { organisationId, owner, manager, analyst };
  for (const role of MEMBER_ROLES.filter((one) => one !== "owner")) {
    await join(world, { actor: team[role], organisationId, role });
  }
  return team;
}

/** Makes an actor a member of an organisation; they get none of their own. */
export async function join(
  { sql, clock }: EventWorld,
  { actor, organisationId, role }: { actor: Actor; organisationId: string; role: MemberRole },
): Promise<void> {
  await sql`UPDATE admins SET organisation_due = false WHERE admin_id = ${actor.admin_id}`;
  await sql`
    INSERT INTO memberships (admin_id, organisation_id, role, joined_at)
    VALUES (${actor.admin_id}, ${organisationId}, ${role}, ${clock.now()})`;
}

/** Sends the mails that are asked for, and returns them. */
export async function deliverMails({ sql, clock, context }: EventWorld): Promise<Mail[]> {
  const { secrets } = context.refreshTokenRules;
  const accounts = ADMIN_ACCOUNTS;
  const links = new AccountLinks({ ...DEFAULT_LINK_RULES, sql, clock, accounts, secrets });
  const outbox = createEventOutbox({
    sql,
    clock,
    log: context.log,
    bookings: {
      cancelAll: () => Promise.resolve({ cancelled: 0, remaining: 0 }),
      tellMoved: () => Promise.resolve({ isDone: true }),
    },
    accountMails: { ...context, sql, accounts, pages: ADMIN_PAGES, links },
    invitations: new InvitationLinks(secrets),
  });
  while (await outbox.deliverAll());
  return context.mails.splice(0);
}
