import type { Mutant } from "./mutate.ts";

const ACCESS_TESTS = "services/event/organisations/access_test.ts";
const MEMBER_TESTS = "services/event/organisations/members_test.ts";
const INVITATION_TESTS = "services/event/organisations/invitations_test.ts";
const OWNER_TESTS = "tests/races/organisations/owners_test.ts";

/** Defects of who sees and changes what of which organisation. */
export const TEAM_MUTANTS: readonly Mutant[] = [
  {
    name: "lists and sums have no owner filter",
    edits: [{
      in: "scope_sql/isOf",
      find: "if (organisations === undefined) return sql`true`;",
      replace: "if (sql) return sql`true`;",
    }],
    tests: [ACCESS_TESTS],
  },
  {
    name: "organisers see the events of other organisations",
    edits: [{
      in: "organiser/includes",
      find: "organisations === undefined || organisations.includes(organisationId)",
      replace: "organisations === undefined || organisationId !== ''",
    }],
    tests: [ACCESS_TESTS],
  },
  {
    name: "analysts of an organisation change its events",
    edits: [{
      in: "EDITING_ROLES",
      find: `["owner", "manager"]`,
      replace: `["owner", "manager", "analyst"]`,
    }],
    tests: [ACCESS_TESTS],
  },
  {
    name: "managers decide who belongs to an organisation",
    edits: [
      {
        in: "manage_organisation/assertOwner",
        find: `own.role === "owner"`,
        replace: `own.role !== "analyst"`,
      },
      {
        in: "recordChange",
        find: "roles = EDITING_ROLES, changeId",
        replace: "roles: _roles, changeId",
      },
      {
        in: "recordChange",
        find: `by.role === "super_admin" ? undefined : roles`,
        replace: `by.role === "super_admin" ? undefined : EDITING_ROLES`,
      },
    ],
    tests: [ACCESS_TESTS],
  },
  {
    name: "a removed member finishes what they were at",
    edits: [{
      in: "insertChange",
      find: "roles === undefined ? tx`SELECT true AS allowed`",
      replace: "roles !== null ? tx`SELECT true AS allowed`",
    }],
    tests: [MEMBER_TESTS],
  },
  {
    name: "the last owner leaves",
    edits: [{ in: "remove_member/removeMember", find: ".owners === 1", replace: ".owners === 0" }],
    tests: [MEMBER_TESTS],
  },
  {
    name: "owners remove each other at once",
    edits: [{ in: "lockOrganisation", find: "FOR NO KEY UPDATE", replace: "" }],
    tests: [OWNER_TESTS],
  },
  {
    name: "an organiser whose organisation was taken away gets another one",
    edits: [{ in: "makeOwnOrganisation", find: "AND organisation_due", replace: "" }, {
      in: "with_memberships/findOrMake",
      find: "!found?.isDue",
      replace: "found?.memberships.length !== 0",
    }],
    tests: [MEMBER_TESTS],
  },
  {
    name: "an invitation is used twice",
    edits: [{
      in: "spendInvitation",
      find: "AND accepted_at IS NULL AND withdrawn_at IS NULL",
      replace: "",
    }],
    tests: [INVITATION_TESTS],
  },
  {
    name: "an invitation is accepted by another address",
    edits: [{
      in: "joinByInvitation",
      find:
        `if (emailKey(email) !== invitation.emailKey) throw new DomainError("INVITATION_FOR_ANOTHER");`,
      replace: "",
    }],
    tests: [INVITATION_TESTS],
  },
  {
    name: "an expired invitation is accepted",
    edits: [
      { in: "findInvitationOf", find: "AND i.expires_at > ${now}", replace: "" },
      { in: "spendInvitation", find: "AND expires_at > ${now}", replace: "" },
    ],
    tests: [INVITATION_TESTS],
  },
  {
    name: "whoever was invited creates organisations where registration is closed",
    edits: [{ in: "createOrganisation", find: "owned === 0", replace: "owned < 0" }],
    tests: [MEMBER_TESTS],
  },
];
