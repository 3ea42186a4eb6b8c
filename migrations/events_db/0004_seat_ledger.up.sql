-- The seat ledger: append-only double entry. Every change of a pool's counters is a transfer between two accounts, made
-- by `transfer_seats` alone, which changes the counters and writes the entry together.
-- An entry covers a whole batch in one pool. The entries of an event are one chain, numbered without gaps; of one
-- operation the house's entry comes last, so the house's `seq` is the head of the chain.

-- close: an operation that moved seats of further pools only ends with an entry of the house, of no seats
CREATE DOMAIN seat_operation AS text
  CHECK (VALUE IN ('make', 'hold', 'commit', 'release', 'waitlist', 'resize', 'retire', 'direct', 'close'));
-- outside is the source and sink of capacity
CREATE DOMAIN seat_account AS text CHECK (VALUE IN ('outside', 'available', 'held', 'sold', 'set_aside'));

CREATE TABLE seat_ledger (
  event_id       uuid NOT NULL,
  seq            bigint NOT NULL,
  pool           smallint NOT NULL,
  operation      seat_operation NOT NULL,
  -- seats move from the debited account to the credited one
  debit          seat_account NOT NULL,
  credit         seat_account NOT NULL,
  seats          integer NOT NULL CHECK (seats >= 0),
  -- the allocations moved, and the seats of this pool of each; empty for seats without an allocation
  allocation_ids uuid[] NOT NULL,
  quantities     integer[] NOT NULL,
  -- the pool's balances after this entry
  available      integer NOT NULL,
  held           integer NOT NULL,
  sold           integer NOT NULL,
  set_aside      integer NOT NULL,
  -- the database's own time: evidence only, never compared
  recorded_at    timestamptz NOT NULL,
  -- SHA-256 of the hash before (empty for the first) and all of the above: services/event/inventory/ledger/chain.ts
  hash           bytea NOT NULL,
  PRIMARY KEY (event_id, seq),
  CHECK (debit <> credit),
  CHECK (cardinality(allocation_ids) = cardinality(quantities))
);

-- Ids do not compress, and trying would cost every batch.
ALTER TABLE seat_ledger ALTER COLUMN allocation_ids SET STORAGE EXTERNAL;
ALTER TABLE seat_ledger ALTER COLUMN quantities SET STORAGE EXTERNAL;

-- Append-only by privilege: no role has the right to change an entry, not even the owner. A superuser can; the chain
-- and the audit show it.
REVOKE ALL ON seat_ledger FROM PUBLIC;
REVOKE UPDATE, DELETE, TRUNCATE ON seat_ledger FROM CURRENT_USER;

-- Writes an entry that led to the given counters of a pool, whose event the caller has locked.
CREATE FUNCTION record_transfer(
  p_counters seat_counters,
  p_operation text,
  p_debit text,
  p_credit text,
  p_seats integer,
  p_allocation_ids uuid[],
  p_quantities integer[]
) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  free integer := p_counters.capacity - p_counters.held - p_counters.sold - p_counters.set_aside;
  at timestamptz := clock_timestamp();
  before bytea;
BEGIN
  SELECT l.hash INTO before FROM seat_ledger l WHERE l.event_id = p_counters.event_id AND l.seq = p_counters.seq - 1;
  INSERT INTO seat_ledger
    (event_id, seq, pool, operation, debit, credit, seats, allocation_ids, quantities,
     available, held, sold, set_aside, recorded_at, hash)
  VALUES
    (p_counters.event_id, p_counters.seq, p_counters.pool, p_operation, p_debit, p_credit, p_seats,
     p_allocation_ids, p_quantities, free, p_counters.held, p_counters.sold, p_counters.set_aside, at,
     sha256(coalesce(before, '') || convert_to(concat_ws('|',
       p_counters.event_id, p_counters.seq, p_counters.pool, p_operation, p_debit, p_credit, p_seats,
       p_allocation_ids, p_quantities, free, p_counters.held, p_counters.sold, p_counters.set_aside,
       (extract(epoch FROM at) * 1000000)::bigint), 'UTF8')));
END $$;

-- Events that changed since the change feed (0008) last numbered them: their seats, or what organisers write. A hot event
-- changes thousands of times a second: only the first batch since then writes here, and only the worker that turns these
-- rows into changes takes numbers.
CREATE TABLE changed_events (
  event_id   uuid PRIMARY KEY,
  changed_at timestamptz NOT NULL DEFAULT now()
);

-- Moves seats of a pool between two accounts: counters and entry together. The event is locked, and `p_seq` is the
-- number of the entry. Returns the pool's counters after the transfer.
CREATE FUNCTION transfer_seats(
  p_event_id uuid,
  p_pool smallint,
  p_seq bigint,
  p_operation text,
  p_debit text,
  p_credit text,
  p_seats integer,
  p_allocation_ids uuid[] DEFAULT '{}',
  p_quantities integer[] DEFAULT '{}'
) RETURNS seat_counters
LANGUAGE plpgsql AS $$
DECLARE
  counters seat_counters;
BEGIN
  UPDATE seat_inventory i
     SET capacity = i.capacity + CASE 'outside' WHEN p_debit THEN p_seats WHEN p_credit THEN -p_seats ELSE 0 END,
         held = i.held + CASE 'held' WHEN p_credit THEN p_seats WHEN p_debit THEN -p_seats ELSE 0 END,
         sold = i.sold + CASE 'sold' WHEN p_credit THEN p_seats WHEN p_debit THEN -p_seats ELSE 0 END,
         set_aside = i.set_aside
           + CASE 'set_aside' WHEN p_credit THEN p_seats WHEN p_debit THEN -p_seats ELSE 0 END,
         seq = p_seq
   WHERE i.event_id = p_event_id AND i.pool = p_pool
  RETURNING i.event_id, i.pool, i.capacity, i.held, i.sold, i.set_aside, i.waitlist_open, i.plain, i.seq
       INTO counters;
  -- Seats of the house move in each operation, or its entry closes it.
  IF p_pool = 0 AND (p_debit IN ('available', 'outside') OR p_credit IN ('available', 'outside')) THEN
    INSERT INTO changed_events (event_id) VALUES (p_event_id) ON CONFLICT DO NOTHING;
  END IF;
  PERFORM record_transfer(counters, p_operation, p_debit, p_credit, p_seats, p_allocation_ids, p_quantities);
  RETURN counters;
END $$;

-- Moves the seats of allocations between two accounts, in each pool that they took seats of, the house last; of each so
-- many tickets as `p_quantities` says, by default all. Returns the house's counters after it.
CREATE FUNCTION transfer_allocations(
  p_house seat_counters,
  p_operation text,
  p_debit text,
  p_credit text,
  p_allocation_ids uuid[],
  p_quantities integer[] DEFAULT NULL
) RETURNS seat_counters
LANGUAGE plpgsql AS $$
DECLARE
  house seat_counters := p_house;
  next_seq bigint := p_house.seq;
  moved record;
BEGIN
  FOR moved IN
    SELECT took.pool, sum(took.seats)::integer AS seats,
           array_agg(a.allocation_id) AS ids, array_agg(took.seats) AS quantities
      FROM unnest(p_allocation_ids, p_quantities) AS given (allocation_id, quantity)
     CROSS JOIN LATERAL (
       SELECT s.allocation_id, coalesce(given.quantity, s.quantity) AS quantity, s.pools, s.units
         FROM seat_allocations s
        WHERE s.event_id = p_house.event_id AND s.allocation_id = given.allocation_id
       OFFSET 0 -- keeps the planner from making it one join
     ) AS a
     CROSS JOIN LATERAL (
       SELECT d.pool, a.quantity * d.units AS seats
         FROM unnest(coalesce(a.pools, '{0}'), coalesce(a.units, '{1}')) AS d (pool, units)
     ) AS took
     GROUP BY took.pool
     ORDER BY took.pool DESC
  LOOP
    next_seq := next_seq + 1;
    house := transfer_seats(
      p_house.event_id, moved.pool, next_seq, p_operation, p_debit, p_credit, moved.seats, moved.ids,
      moved.quantities);
  END LOOP;
  RETURN house;
END $$;
