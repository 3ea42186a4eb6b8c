import type { Mutant } from "./mutate.ts";

const BLOCK_TESTS = "services/booking/unpaid_holds/block_buyer_test.ts";
const COPY_TESTS = "services/booking/unpaid_holds/blocked_buyers_test.ts";
const VIEW_TESTS = "services/booking/unpaid_holds/view_unpaid_holds_test.ts";
const JUDGE_TESTS = "services/event/unpaid_holds/judge_holds_test.ts";
const ROUTE_TESTS = "services/event/unpaid_holds/routes_test.ts";

/** A defect of one edit; `replace` is empty unless given. */
function mutant(
  name: string,
  { tests, ...edit }: { in: string; find: string; replace?: string; tests: string },
): Mutant {
  return { name: `blocks: ${name}`, edits: [{ replace: "", ...edit }], tests: [tests] };
}

/** Defects of what organisers see of unpaid holds, and do about them. */
export const HOLD_MUTANTS: readonly Mutant[] = [
  mutant("a hold whose payment waits for its buyer is ended", {
    in: "releaseHolds",
    find: "AND payment_status NOT IN ('requires_action', 'processing')",
    tests: BLOCK_TESTS,
  }),
  {
    name: "blocks: a hold is ended while it is being paid",
    edits: [
      {
        in: "releaseHolds",
        find: 'AND ${isStill(sql, "pending")}',
        replace: "AND status IN ('pending', 'confirming')",
      },
      { in: "releaseHolds", find: "AND o.status || '' = 'pending'", replace: "" },
    ],
    tests: [BLOCK_TESTS],
  },
  mutant("holds of other accounts are ended, too", {
    in: "releaseHolds",
    find: "AND user_id = ANY (${[...userIds]}::uuid[])",
    tests: BLOCK_TESTS,
  }),
  mutant("an offer is ended as if it were any hold", {
    in: "releaseHolds",
    find: "AND entry_id IS NULL",
    tests: BLOCK_TESTS,
  }),
  mutant("an offer that is being paid is ended", {
    in: "leaveUnlessPaying",
    find: ", sparesPayments: true",
    tests: BLOCK_TESTS,
  }),
  mutant("a blocked account may reserve", {
    in: "holdAndBook",
    find: "if (blockedUntil) {",
    replace: "if (Number.isNaN(blockedUntil)) {",
    tests: BLOCK_TESTS,
  }),
  mutant("a blocked account may wait", {
    in: "join_waitlist/joinWaitlist",
    find: "if (blockedUntil) throw reservationsBlocked(blockedUntil);",
    tests: BLOCK_TESTS,
  }),
  mutant("a block never ends", {
    in: "BlockedBuyers",
    find: "until && until > this.#deps.clock.now() ? until : undefined",
    replace: "until",
    tests: COPY_TESTS,
  }),
  mutant("a list that was read before replaces a later one", {
    in: "BlockedBuyers",
    find: "if (read > this.#shown) {",
    replace: "if (read > 0) {",
    tests: COPY_TESTS,
  }),
  mutant("a process learns of no block that another made", {
    in: "endBlockedHolds",
    find: "await deps.blockedBuyers.refresh();",
    tests: BLOCK_TESTS,
  }),
  mutant("any number of accounts is blocked", {
    in: "blocks_sql/block",
    find: "if (others >= limit) return false;",
    tests: BLOCK_TESTS,
  }),
  mutant("offers count as holds", {
    in: "countHolds",
    find: "AND entry_id IS NULL",
    tests: VIEW_TESTS,
  }),
  mutant("what is being paid counts as lapsed", {
    in: "countHolds",
    find: "WHEN payment_status IN ('requires_action', 'processing') THEN 'paying'",
    tests: VIEW_TESTS,
  }),
  mutant("a rush of real sales is a warning", {
    in: "judgeHolds",
    find: "|| lapsed.bookings < LAPSED_SHARE * ended",
    tests: JUDGE_TESTS,
  }),
  mutant("the log says nothing of a block that was refused", {
    in: "event/unpaid_holds/blockBuyer",
    find: "if (error instanceof ServiceRefusal) {",
    replace: "if (error === undefined) {",
    tests: ROUTE_TESTS,
  }),
];
