-- The seat ledger: append-only double entry. Every change of an inventory's counters is a transfer between two
-- accounts, made by `transfer_seats` alone, which changes the counters and writes the entry together.
-- An entry covers a whole batch; its number is the inventory's `seq`, so numbers have no gaps.

CREATE DOMAIN seat_operation AS text
  CHECK (VALUE IN ('make', 'hold', 'commit', 'release', 'waitlist', 'resize', 'direct'));
-- outside is the source and sink of capacity
CREATE DOMAIN seat_account AS text CHECK (VALUE IN ('outside', 'available', 'held', 'sold', 'set_aside'));

CREATE TABLE seat_ledger (
  event_id       uuid NOT NULL,
  seq            bigint NOT NULL,
  operation      seat_operation NOT NULL,
  -- seats move from the debited account to the credited one
  debit          seat_account NOT NULL,
  credit         seat_account NOT NULL,
  seats          integer NOT NULL CHECK (seats >= 0),
  -- the allocations moved; empty for seats without an allocation
  allocation_ids uuid[] NOT NULL,
  quantities     integer[] NOT NULL,
  -- the balances after this entry
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

-- First guard: no role, not even the owner, has the right. Superusers are stopped by the second.
REVOKE ALL ON seat_ledger FROM PUBLIC;
REVOKE UPDATE, DELETE, TRUNCATE ON seat_ledger FROM CURRENT_USER;

CREATE FUNCTION refuse_ledger_change() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'Cannot % the seat ledger as it is append-only', lower(TG_OP)
    USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER seat_ledger_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON seat_ledger
FOR EACH STATEMENT EXECUTE FUNCTION refuse_ledger_change();

-- Writes the entry that led to the given inventory, whose row the caller has locked.
CREATE FUNCTION record_transfer(
  p_inv seat_inventory,
  p_operation text,
  p_debit text,
  p_credit text,
  p_seats integer,
  p_allocation_ids uuid[],
  p_quantities integer[]
) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  free integer := p_inv.capacity - p_inv.held - p_inv.sold - p_inv.set_aside;
  at timestamptz := clock_timestamp();
BEGIN
  INSERT INTO seat_ledger
    (event_id, seq, operation, debit, credit, seats, allocation_ids, quantities,
     available, held, sold, set_aside, recorded_at, hash)
  VALUES
    (p_inv.event_id, p_inv.seq, p_operation, p_debit, p_credit, p_seats, p_allocation_ids, p_quantities,
     free, p_inv.held, p_inv.sold, p_inv.set_aside, at,
     sha256(
       coalesce((
         SELECT l.hash FROM seat_ledger l WHERE l.event_id = p_inv.event_id AND l.seq = p_inv.seq - 1
       ), '') ||
       convert_to(concat_ws('|',
         p_inv.event_id, p_inv.seq, p_operation, p_debit, p_credit, p_seats, p_allocation_ids, p_quantities,
         free, p_inv.held, p_inv.sold, p_inv.set_aside, (extract(epoch FROM at) * 1000000)::bigint), 'UTF8')));
END $$;

-- Events whose seats changed since the change feed (0006) last numbered them. A hot event changes thousands of times a
-- second: only the first batch since then writes here, and only the worker that turns these rows into changes takes
-- numbers.
CREATE TABLE seat_changes (
  event_id uuid PRIMARY KEY
);

-- Moves seats between two accounts: counters and entry together. `p_inv` is locked; returns it after the transfer.
CREATE FUNCTION transfer_seats(
  p_inv seat_inventory,
  p_operation text,
  p_debit text,
  p_credit text,
  p_seats integer,
  p_allocation_ids uuid[] DEFAULT '{}',
  p_quantities integer[] DEFAULT '{}'
) RETURNS seat_inventory
LANGUAGE plpgsql AS $$
DECLARE
  inv seat_inventory;
BEGIN
  UPDATE seat_inventory i
     SET capacity = i.capacity + CASE 'outside' WHEN p_debit THEN p_seats WHEN p_credit THEN -p_seats ELSE 0 END,
         held = i.held + CASE 'held' WHEN p_credit THEN p_seats WHEN p_debit THEN -p_seats ELSE 0 END,
         sold = i.sold + CASE 'sold' WHEN p_credit THEN p_seats WHEN p_debit THEN -p_seats ELSE 0 END,
         set_aside = i.set_aside
           + CASE 'set_aside' WHEN p_credit THEN p_seats WHEN p_debit THEN -p_seats ELSE 0 END,
         seq = i.seq + 1
   WHERE i.event_id = p_inv.event_id
  RETURNING * INTO inv;
  -- Not a trigger, which would cost a fifteenth of a hold: available seats change only here.
  IF p_debit IN ('available', 'outside') OR p_credit IN ('available', 'outside') THEN
    INSERT INTO seat_changes (event_id) VALUES (inv.event_id) ON CONFLICT DO NOTHING;
  END IF;
  PERFORM record_transfer(inv, p_operation, p_debit, p_credit, p_seats, p_allocation_ids, p_quantities);
  RETURN inv;
END $$;

-- Writes the first entry of every new inventory.
CREATE FUNCTION record_first_entry() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM record_transfer(NEW, 'make', 'outside', 'available', NEW.capacity, '{}', '{}');
  RETURN NULL;
END $$;

CREATE TRIGGER seat_inventory_first_entry AFTER INSERT ON seat_inventory
FOR EACH ROW EXECUTE FUNCTION record_first_entry();
