import type { Mutant } from "./mutate.ts";

const HISTORIES = "tests/conformance/seats/shop_test.ts";
const LOCK_TESTS = "tests/races/seats/lock_order_test.ts";
const CONSTRAINTS = "tests/schema/seat_constraints_test.ts";

/** A defect of the functions that hold, sell and release seats of several pools, types and limits. */
function mutant(
  name: string,
  { tests = [HISTORIES], ...edit }: {
    in: string;
    find: string;
    replace?: string;
    tests?: string[];
  },
): Mutant {
  return { name, edits: [{ replace: "", ...edit }], tests };
}

/** Defects of pools, ticket types, orders with lines and limits a buyer. */
export const SEAT_MUTANTS: readonly Mutant[] = [
  mutant("an order ignores what is left of its pools", {
    in: "hold_orders",
    find: "IF room[draw_pools[d] + 1] < 0 THEN",
    replace: "IF false THEN",
  }),
  mutant("an order looks at its first pool only", {
    in: "hold_orders",
    find: "IF room[draw_pools[d] + 1] < 0 THEN",
    replace: "IF room[draw_pools[d] + 1] < 0 AND d = first_draw[k] THEN",
  }),
  mutant("a refused order keeps the seats of its lines from the orders behind it", {
    in: "hold_orders",
    find: "room[draw_pools[d] + 1] := room[draw_pools[d] + 1] + p_quantities[j] * draw_units[d];",
    replace: "NULL;",
  }),
  mutant("a refused order keeps its buyer's room from the orders behind it", {
    in: "hold_orders",
    find: "room[type_rooms[j]] := room[type_rooms[j]] + p_quantities[j];",
  }),
  mutant("a batch fits whatever is left of its pools", {
    in: "hold_orders",
    find: "ample[g] := ample[g] AND room_after[draw_pools[d] + 1] >= 0;",
  }),
  mutant("a batch fits whatever its buyers have already", {
    in: "hold_orders",
    find: "l.taken + coalesce(b.taken, 0) > l.most",
    replace: "l.taken > l.most",
  }),
  mutant("a batch fits whatever its orders give in all", {
    in: "hold_orders",
    find: "IF fits AND p_orders IS NOT NULL THEN",
    replace: "IF false THEN",
  }),
  mutant("a batch fits however few tickets its orders have", {
    in: "hold_orders",
    find: "t.fewest >= minima[k] AND ",
  }),
  mutant("a batch fits however many tickets its orders have", {
    in: "hold_orders",
    find: "AND t.most <= maxima[k]",
  }),
  mutant("a batch fits however many tickets one of its lines gives", {
    in: "hold_orders",
    find: "AND t.most * t.units[1] <= p_max_tickets",
  }),
  mutant("an order is held without its last line", {
    in: "hold_orders",
    find: "FOR j IN first .. last LOOP pick := pick || j; END LOOP;",
    replace: "FOR j IN first .. greatest(first, last - 1) LOOP pick := pick || j; END LOOP;",
  }),
  mutant("an order is held although some of its lines were held before", {
    in: "hold_orders",
    find: "IF NOT known @> p_allocation_ids[first:last] THEN",
    replace: "IF false THEN",
  }),
  mutant("a type's limit a buyer is not checked", {
    in: "hold_orders",
    find: "IF room[type_rooms[i]] < 0 OR room[held_rooms[i]] < 0",
    replace: "IF room[held_rooms[i]] < 0",
  }),
  mutant("the event's limit of holds is not checked", {
    in: "hold_orders",
    find: "IF room[type_rooms[i]] < 0 OR room[held_rooms[i]] < 0",
    replace: "IF room[type_rooms[i]] < 0",
  }),
  mutant("a hold without a buyer passes a limit", {
    in: "hold_orders",
    find: "OR (p_buyers[i] IS NULL AND (limits[k] IS NOT NULL OR p_max_held IS NOT NULL))",
  }),
  mutant("what a buyer holds is not counted", {
    in: "hold_orders",
    find: "DO UPDATE SET taken = b.taken + excluded.taken;",
    replace: "DO NOTHING;",
  }),
  mutant("a paused type is sold", {
    in: "hold_orders",
    find: "p_on_sale AND t.status = 'active'",
    replace: "p_on_sale",
  }),
  mutant("a type is sold before its window", {
    in: "hold_orders",
    find: "AND coalesce(t.sales_start <= p_now, true)",
  }),
  mutant("a type is sold after its window", {
    in: "hold_orders",
    find: "AND coalesce(t.sales_end > p_now, true)",
  }),
  mutant("an order may have fewer than its type's minimum", {
    in: "hold_orders",
    find: "WHEN p_quantities[i] < minima[k] THEN 'min'",
  }),
  mutant("an order may have more than its type's maximum", {
    in: "hold_orders",
    find: "WHEN p_quantities[i] > maxima[k] THEN 'max'",
  }),
  mutant("the lines of an order may give more tickets than one booking may have", {
    in: "hold_orders",
    find: "IF tickets > p_max_tickets THEN",
    replace: "IF false THEN",
  }),
  mutant("a family ticket counts as one ticket of the booking", {
    in: "hold_orders",
    find: "tickets := tickets + p_quantities[i] * draw_units[first_draw[k]];",
    replace: "tickets := tickets + p_quantities[i];",
  }),
  mutant("a public order takes seats that are set aside", {
    in: "hold_orders",
    find: "ELSE s.capacity - s.held - s.sold - s.set_aside END AS free",
    replace: "ELSE s.capacity - s.held - s.sold END AS free",
  }),
  mutant("a refused buyer does not hear that people wait", {
    in: "hold_orders",
    find: "CASE WHEN p_source <> 'waitlist' AND waitlists[k] THEN 'waitlist' ELSE 'seats' END",
    replace: "'seats'",
  }),
  mutant("a waitlist is served past an order that did not fit", {
    in: "hold_orders",
    find: "ended := p_source = 'waitlist' AND reason = 'seats';",
  }),
  mutant("a waitlist is served past an order that did not fit, of another type", {
    in: "hold_orders",
    find: "AND NOT limited AND NOT ended THEN",
    replace: "AND NOT limited THEN",
  }),
  mutant("an order for a waitlist leaves too much set aside", {
    in: "hold_orders",
    find:
      "IF p_source = 'waitlist' AND house.waitlist_open THEN house := settle_set_aside(event); END IF;",
  }),
  mutant("a line has the price of the default type", {
    in: "hold_orders",
    find: "prices := prices || coalesce(t.price_minor, p_base_price_minor);",
    replace: "prices := prices || p_base_price_minor;",
  }),
  mutant("an event with ticket types is sold by the short path", {
    in: "hold_seats",
    find: "IF NOT inv.plain OR p_source = 'waitlist' OR p_orders IS NOT NULL",
    replace: "IF p_source = 'waitlist' OR p_orders IS NOT NULL",
  }),
  mutant("an order is sold in part", {
    in: "commit_seats",
    find: "CONTINUE WHEN p_orders[i] = ANY (broken);",
  }),
  mutant("sold seats of further pools stay held", {
    in: "commit_seats",
    find: "IF draws_on_pools THEN",
    replace: "IF false THEN",
  }),
  mutant("a sale still counts as a hold of its buyer", {
    in: "commit_seats",
    find:
      "IF NOT inv.plain THEN PERFORM give_back_to_buyers(p_event_id, sold_ids, NULL, false, true); END IF;",
  }),
  mutant("a release forgets the further pools", {
    in: "release_seats",
    find: "IF draws_on_pools THEN",
    replace: "IF false THEN",
  }),
  mutant("a released hold still counts against its buyer's limits", {
    in: "release_seats",
    find: "PERFORM give_back_to_buyers(p_event_id, held_ids, held_quantities, true, true);",
  }),
  mutant("a cancelled sale still counts against its buyer's limit", {
    in: "release_seats",
    find: "PERFORM give_back_to_buyers(p_event_id, sold_ids, sold_quantities, true, false);",
  }),
  mutant("a cancelled sale is taken off the buyer's holds", {
    in: "release_seats",
    find: "PERFORM give_back_to_buyers(p_event_id, sold_ids, sold_quantities, true, false);",
    replace: "PERFORM give_back_to_buyers(p_event_id, sold_ids, sold_quantities, true, true);",
  }),
  mutant("a release frees one seat of the house only", {
    in: "transfer_allocations",
    find: "coalesce(a.pools, '{0}'), coalesce(a.units, '{1}')",
    replace: "'{0}'::smallint[], '{1}'::integer[]",
  }),
  mutant("a waitlist sets aside the seats of the house only", {
    in: "settle_set_aside",
    find: "CONTINUE WHEN moved.seats = 0;",
    replace: "CONTINUE WHEN moved.seats = 0 OR moved.pool > 0;",
  }),
  mutant("a waitlist sets aside the seats of further pools only", {
    in: "settle_set_aside",
    find: "CONTINUE WHEN moved.seats = 0;",
    replace: "CONTINUE WHEN moved.seats = 0 OR moved.pool = 0;",
  }),
  mutant("seats are set aside for a paused type", {
    in: "settle_set_aside",
    find: "AND y.waitlist_open AND y.status = 'active'",
    replace: "AND y.waitlist_open",
  }),
  mutant("seats are set aside for types that nobody waits for", {
    in: "settle_set_aside",
    find: "AND y.waitlist_open AND y.status = 'active'",
    replace: "AND y.status = 'active'",
  }),
  mutant("more is set aside than those who wait could use", {
    in: "settle_set_aside",
    find:
      "least(i.capacity - i.held - i.sold, coalesce(sum(b.k::bigint * b.units[array_position(b.pools, i.pool)]), 0))",
    replace: "(i.capacity - i.held - i.sold)",
  }),
  mutant("what is set aside counts tickets, not the seats that they take", {
    in: "settle_set_aside",
    find: "coalesce(sum(b.k::bigint * b.units[array_position(b.pools, i.pool)]), 0)",
    replace: "coalesce(sum(b.k::bigint), 0)",
  }),
  mutant("a change of what is set aside does not end with an entry of the house", {
    in: "settle_set_aside",
    find: "IF last > 0 THEN",
    replace: "IF false THEN",
  }),
  mutant("a release sets nothing aside", {
    in: "release_seats",
    find:
      "IF inv.waitlist_open AND released <> '{}' THEN inv := settle_set_aside(p_event_id); END IF;",
  }),
  mutant("a change of capacity sets nothing aside", {
    in: "resize_pool",
    find: "IF inv.waitlist_open THEN inv := settle_set_aside(p_event_id); END IF;",
  }),
  mutant("a pool is removed with seats set aside", {
    in: "retire_pool",
    find: "IF inv.waitlist_open THEN inv := settle_set_aside(p_event_id); END IF;",
    tests: ["services/event/ticket_types/update_ticket_type_test.ts"],
  }),
  mutant("seats returned without a booking are not set aside", {
    in: "adjust_direct_seats",
    find: "IF inv.waitlist_open THEN inv := settle_set_aside(p_event_id); END IF;",
    tests: ["services/event/catalogue/internal_routes_test.ts"],
  }),
  mutant("a lower capacity takes set aside seats before those of the public", {
    in: "resize_pool",
    find: "IF least(less, free) > 0 THEN",
    replace: "free := 0; IF false THEN",
  }),
  mutant("a release that keeps tickets keeps that many fewer", {
    in: "release_seats",
    find: "UPDATE seat_allocations a SET quantity = kept WHERE",
    replace: "UPDATE seat_allocations a SET quantity = a.quantity - kept WHERE",
  }),
  mutant("a release that keeps tickets frees all of them", {
    in: "release_seats",
    find: "SELECT a.state, a.quantity - kept, a.pools",
    replace: "SELECT a.state, a.quantity, a.pools",
  }),
  mutant("a release that keeps more than there is gives tickets back", {
    in: "release_seats",
    find: "AND a.quantity > kept;",
    replace: ";",
  }),
  mutant("a list is closed although somebody began to wait since", {
    in: "close_waitlists",
    find: "AND y.waitlist_generation = seen.generation;",
    replace: ";",
    tests: ["services/event/inventory/routes_test.ts"],
  }),
  mutant("a list that closes keeps its seats", {
    in: "close_waitlists",
    find: "IF FOUND THEN house := settle_set_aside(p_event_id); END IF;",
  }),
  mutant("a list that is open keeps its generation when somebody joins it", {
    in: "open_waitlists",
    find: "opened := opened || wished;",
    replace: "IF opens THEN opened := opened || wished; END IF;",
  }),
  mutant("a list opens without its seats", {
    in: "open_waitlists",
    find: "house := settle_set_aside(p_event_id);",
  }),
  mutant("a wish is judged by what the wish before it found", {
    in: "open_waitlists",
    find:
      "house := settle_set_aside(p_event_id); SELECT * INTO known FROM types_to_wait_for(p_event_id, p_types, p_now);",
    replace: "house := settle_set_aside(p_event_id);",
  }),
  mutant("somebody waits for tickets that are free", {
    in: "open_waitlists",
    find: "WHEN is_available THEN 'available'",
  }),
  mutant("somebody waits for more tickets than one order can have", {
    in: "open_waitlists",
    find: "WHEN NOT can_order THEN 'too_many'",
  }),
  mutant("somebody waits for types of which none is sold", {
    in: "open_waitlists",
    find: "WHEN NOT sells THEN 'not_on_sale'",
  }),
  mutant("a pool that is used can be removed", {
    in: "retire_pool",
    find: "retired := coalesce(taken = 0 AND NOT drawn_on, false);",
    replace: "retired := coalesce(NOT drawn_on, false);",
  }),
  mutant("a pool that a type draws on can be removed", {
    in: "retire_pool",
    find: "retired := coalesce(taken = 0 AND NOT drawn_on, false);",
    replace: "retired := coalesce(taken = 0, false);",
  }),
  mutant("a change of a pool does not end with an entry of the house", {
    in: "make_pool",
    find:
      "PERFORM transfer_seats(p_event_id, 0::smallint, inv.seq + 2, 'close', 'outside', 'available', 0);",
  }),
  mutant("a limit that is set forgets what buyers have", {
    in: "recount_buyers",
    find: "IF NOT limited THEN RETURN; END IF;",
    replace: "RETURN;",
  }),
  mutant("an operation does not lock the event's seats", {
    in: "lock_inventory",
    find: "FOR UPDATE;",
    replace: ";",
    tests: [LOCK_TESTS],
  }),
  ...[
    ["a pool can be oversold", "seat_inventory", "held + sold + set_aside <= capacity"],
    ["a pool can have negative seats", "seat_inventory", "least(held, sold, set_aside, pool) >= 0"],
    ["an allocation can have no seats", "seat_allocations", "quantity > 0 AND"],
    [
      "a hold can be without an end",
      "seat_allocations",
      "AND (state <> 'held' OR expires_at IS NOT NULL)",
    ],
    [
      "an allocation can have pools without seats",
      "seat_allocations",
      "AND (pools IS NULL) = (units IS NULL)",
    ],
    ["a buyer can have a negative number of tickets", "seat_buyers", "CHECK (taken >= 0)"],
    ["a ticket can take no seats of the house", "ticket_types", "pools[1] = 0 AND"],
    [
      "a ticket can take seats of a pool that it does not name",
      "ticket_types",
      "cardinality(units) = cardinality(pools) AND",
    ],
    [
      "a type of an event can have the id of another",
      "ticket_types",
      "UNIQUE (event_id, ticket_type_id),",
    ],
    ["a ledger entry can move fewer than no seats", "seat_ledger", "CHECK (seats >= 0)"],
  ].map(([name, table, find]) =>
    mutant(name!, {
      in: table!,
      find: find!,
      replace: /^(CHECK|UNIQUE|AND)/.test(find!) ? "" : find!.endsWith("AND") ? "" : "true",
      tests: [CONSTRAINTS],
    })
  ),
];
