import type { Mutant } from "./mutate.ts";

const PURGE_TESTS = ["services/booking/retention/purge_test.ts"];
const USER_TESTS = ["services/user/accounts/personal_test.ts"];
const RESTORED_USER_TESTS = ["services/user/accounts/erase_restored_test.ts"];
const RESTORED_ORGANISER_TESTS = ["services/event/accounts/erase_restored_test.ts"];
const ORGANISER_TESTS = ["services/event/accounts/personal_test.ts"];

/** Defects of retention, of copies of personal data and of the deletion of accounts. */
export const PERSONAL_MUTANTS: readonly Mutant[] = [
  {
    name: "personal data: a purge takes bookings of events to come",
    edits: [{
      in: "purgeUnpaidBookings",
      find: "b.sold_with_start < ${before}",
      replace: "true",
    }],
    tests: PURGE_TESTS,
  },
  {
    name: "personal data: a purge takes entries of a waitlist that is still open",
    edits: [{ in: "purgeEndedEntries", find: " AND NOT q.is_open", replace: "" }],
    tests: PURGE_TESTS,
  },
  {
    name: "personal data: an export has the first page of bookings alone",
    edits: [{
      in: "export_account/exportAccount",
      find: "if (found.length < PAGE) break;",
      replace: "break;",
    }],
    tests: USER_TESTS,
  },
  {
    name: "personal data: the deletion of an organiser leaves their name in the log of changes",
    edits: [{
      in: "eraseNames",
      find: "CASE WHEN admin_id = ${adminId} THEN ${NOBODY} ELSE admin_name END",
      replace: "admin_name",
    }],
    tests: ORGANISER_TESTS,
  },
  {
    name: "personal data: the deletion of an organiser leaves a session",
    edits: [{
      in: "eraseAdmin",
      find: "DELETE FROM refresh_tokens WHERE subject_id = ${adminId}",
      replace: "DELETE FROM refresh_tokens WHERE false AND subject_id = ${adminId}",
    }],
    tests: ORGANISER_TESTS,
  },
  {
    name: "personal data: an organiser leaves published events to nobody",
    edits: [{
      in: "closeAdminAccount",
      find: "if (liveEvents > 0) throw",
      replace: "if (liveEvents < 0) throw",
    }],
    tests: ORGANISER_TESTS,
  },
  {
    name: "personal data: the deletion of a buyer leaves no id for a restore",
    edits: [{
      in: "eraseUser",
      find: "VALUES (${userId}, ${now})",
      replace: "SELECT ${userId}::uuid, ${now}::timestamptz WHERE false",
    }],
    tests: RESTORED_USER_TESTS,
  },
  {
    name: "personal data: a restored account whose deletion fails holds up others",
    edits: [{
      in: "eraseRestoredWorker",
      find: "if (++failures === MAX_RESTORED_FAILURES) break;",
      replace: "after = undefined; throw error;",
    }],
    tests: RESTORED_USER_TESTS,
  },
  {
    name: "personal data: a restored account is told of its deletion again",
    edits: [{ in: "eraseRestoredUser", find: "isTold: false", replace: "isTold: true" }],
    tests: RESTORED_USER_TESTS,
  },
  {
    name: "personal data: what a restored account has open stays",
    edits: [{
      in: "eraseUser",
      find: "if (!isTold) return true;",
      replace:
        "if (!isTold) { await tx`DELETE FROM outbox WHERE subject_id = ${userId}`; return true; }",
    }],
    tests: RESTORED_USER_TESTS,
  },
  {
    name: "personal data: a restored organiser keeps a team without an owner",
    edits: [{
      in: "eraseRestoredAdmin",
      find: "for (const organisationId of ended.orphans)",
      replace:
        "if (ended.ownerless.length > 0) return undefined; for (const organisationId of ended.orphans)",
    }],
    tests: RESTORED_ORGANISER_TESTS,
  },
  {
    name: "personal data: a log-in outlives the deletion of its organiser",
    edits: [{ in: "eraseAdmin", find: "password_changed_at = ${now}, ", replace: "" }],
    tests: RESTORED_ORGANISER_TESTS,
  },
];
