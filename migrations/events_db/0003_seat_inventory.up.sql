-- The seat inventory: one narrow hot row per event, and one allocation per booking.
-- Lock order everywhere: the inventory row first, then the event, then allocations. Every operation locks the
-- inventory row first, so all operations on the seats of an event have one order: `seq`.

CREATE TABLE seat_inventory (
  event_id      uuid PRIMARY KEY REFERENCES events (event_id),
  capacity      integer NOT NULL CHECK (capacity > 0),
  held          integer NOT NULL DEFAULT 0 CHECK (held >= 0),
  sold          integer NOT NULL DEFAULT 0 CHECK (sold >= 0),
  -- freed while a waitlist is open: not for the public, but to be offered in order
  set_aside     integer NOT NULL DEFAULT 0 CHECK (set_aside >= 0),
  waitlist_open boolean NOT NULL DEFAULT false,
  seq           bigint NOT NULL DEFAULT 0,
  CONSTRAINT seat_inventory_never_oversold CHECK (held + sold + set_aside <= capacity)
) WITH (
  -- each batch rewrites the row in its own page, so the page has free space and is vacuumed often
  fillfactor = 10,
  autovacuum_vacuum_threshold = 200,
  autovacuum_vacuum_scale_factor = 0,
  autovacuum_analyze_scale_factor = 0.5
);

-- Domains, because the server parses the CHECKs of a table in each statement, and these lists are the longest.
CREATE DOMAIN allocation_state AS text CHECK (VALUE IN ('held', 'sold', 'released'));
-- direct: seats taken through the old update-availability interface; one row per event, with the event's id
CREATE DOMAIN allocation_source AS text CHECK (VALUE IN ('public', 'waitlist', 'direct'));

-- No foreign key: its check would cost as much per row as the insert, and only the functions of 0005 write here, which
-- have locked the inventory row.
CREATE TABLE seat_allocations (
  event_id         uuid NOT NULL,
  allocation_id    uuid NOT NULL,
  quantity         integer NOT NULL CHECK (quantity > 0),
  state            allocation_state NOT NULL,
  source           allocation_source NOT NULL,
  unit_price_minor integer NOT NULL CHECK (unit_price_minor >= 0),
  expires_at       timestamptz,
  created_at       timestamptz NOT NULL,
  PRIMARY KEY (event_id, allocation_id),
  CHECK (state <> 'held' OR expires_at IS NOT NULL)
) WITH (fillfactor = 80);

-- Only held allocations can expire, so the index stays as small as the open holds.
CREATE INDEX seat_allocations_held ON seat_allocations (expires_at) WHERE state = 'held';

-- Locks the inventory row of an event. All seat operations start here, and so lock in one order.
CREATE FUNCTION lock_inventory(p_event_id uuid, OUT inventory seat_inventory)
LANGUAGE plpgsql AS $$
BEGIN
  SELECT * INTO inventory FROM seat_inventory WHERE event_id = p_event_id FOR UPDATE;
END $$;
