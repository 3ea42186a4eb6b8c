-- What an event sells and what is left of it. Pool 0 of an event is its house: its capacity is the event's, and every
-- ticket draws on it. Further pools, such as a stand or a quota, are counters behind it.
-- Lock order everywhere: the house first, then the event, then anything else. Every operation on the seats of an event
-- locks the house first, so nothing else changes the event's pools, types, allocations and limits meanwhile, and all
-- operations on an event have one order: `seq`.
-- Every key begins with the event, so the tables can be distributed by it.

CREATE TABLE seat_inventory (
  event_id      uuid NOT NULL REFERENCES events (event_id),
  pool          smallint NOT NULL DEFAULT 0,
  capacity      integer NOT NULL,
  held          integer NOT NULL DEFAULT 0,
  sold          integer NOT NULL DEFAULT 0,
  -- not for the public, but to be offered to a waitlist in order (settle_set_aside)
  set_aside     integer NOT NULL DEFAULT 0,
  -- of the house: the waitlist of some ticket type is open
  waitlist_open boolean NOT NULL DEFAULT false,
  -- of the house: only the default type is sold, a seat a ticket, without limits (refresh_plain)
  plain         boolean NOT NULL DEFAULT true,
  -- the number of the last ledger entry: of the event on the house, of the pool on any other
  seq           bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (event_id, pool),
  CONSTRAINT seat_inventory_never_oversold CHECK (held + sold + set_aside <= capacity),
  -- one instead of four, because the server parses the CHECKs of a table in each statement
  CONSTRAINT seat_inventory_not_negative CHECK (least(held, sold, set_aside, pool) >= 0)
) WITH (
  -- each batch rewrites the row in its own page, so the page has free space and is vacuumed often
  fillfactor = 10,
  autovacuum_vacuum_threshold = 200,
  autovacuum_vacuum_scale_factor = 0,
  autovacuum_analyze_scale_factor = 0.5
);

-- What people call a pool. The house has no row.
CREATE TABLE event_pools (
  event_id uuid NOT NULL,
  pool     smallint NOT NULL CHECK (pool > 0),
  pool_id  uuid NOT NULL,
  name     text NOT NULL CHECK (name <> ''),
  PRIMARY KEY (event_id, pool),
  UNIQUE (event_id, pool_id)
);

-- What can be bought. Type 0 of every event is its default type: its id is the event's, and its name and its price are
-- columns of the event, which a sale reads anyway.
CREATE TABLE ticket_types (
  event_id            uuid NOT NULL,
  type                smallint NOT NULL CHECK (type >= 0),
  ticket_type_id      uuid NOT NULL,
  name                text CHECK (name <> ''),
  description         text,
  position            integer NOT NULL CHECK (position >= 0),
  kind                text NOT NULL CHECK (kind IN ('paid', 'free')),
  price_minor         integer CHECK (price_minor >= 0),
  -- what one of it takes: pools, ascending, and how many seats of each. The first is the house.
  pools               smallint[] NOT NULL DEFAULT '{0}',
  units               integer[] NOT NULL DEFAULT '{1}',
  min_per_order       integer NOT NULL DEFAULT 1 CHECK (min_per_order > 0),
  max_per_order       integer CHECK (max_per_order >= min_per_order),
  -- how many of it one buyer can hold and own
  max_per_buyer       integer CHECK (max_per_buyer > 0),
  sales_start         timestamptz,
  sales_end           timestamptz CHECK (sales_end > sales_start),
  status              text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'paused', 'archived')),
  -- seats that it could use are set aside for those who wait
  waitlist_open       boolean NOT NULL DEFAULT false,
  -- rises whenever somebody begins to wait for it, so that closing the list can name what it saw
  waitlist_generation integer NOT NULL DEFAULT 0 CHECK (waitlist_generation >= 0),
  version             integer NOT NULL DEFAULT 1 CHECK (version > 0),
  created_at          timestamptz NOT NULL,
  updated_at          timestamptz NOT NULL,
  PRIMARY KEY (event_id, type),
  UNIQUE (event_id, ticket_type_id),
  CHECK ((type = 0) = (ticket_type_id = event_id)),
  CHECK ((type = 0) = (price_minor IS NULL)),
  CHECK (type = 0 OR name IS NOT NULL),
  CHECK (kind <> 'free' OR coalesce(price_minor, 0) = 0),
  CHECK (pools[1] = 0 AND cardinality(pools) BETWEEN 1 AND 8),
  CHECK (cardinality(units) = cardinality(pools) AND 1 <= ALL (units) AND 100 >= ALL (units))
);

-- Domains, because the server parses the CHECKs of a table in each statement, and these lists are the longest.
CREATE DOMAIN allocation_state AS text CHECK (VALUE IN ('held', 'sold', 'released'));
-- direct: seats taken through the old update-availability interface; one row per event, with the event's id
CREATE DOMAIN allocation_source AS text CHECK (VALUE IN ('public', 'waitlist', 'direct'));

-- One line of an order. No foreign key: its check would cost as much per row as the insert, and only the functions of
-- 0005 and 0007 write here, which have locked the house.
CREATE TABLE seat_allocations (
  event_id         uuid NOT NULL,
  allocation_id    uuid NOT NULL,
  -- of tickets of this type, each of which takes `units` of `pools`
  quantity         integer NOT NULL,
  state            allocation_state NOT NULL,
  source           allocation_source NOT NULL,
  type             smallint NOT NULL DEFAULT 0,
  buyer_id         uuid,
  unit_price_minor integer NOT NULL,
  -- what one of them took, whatever becomes of its type; null: one seat of the house
  pools            smallint[],
  units            integer[],
  expires_at       timestamptz,
  created_at       timestamptz NOT NULL,
  PRIMARY KEY (event_id, allocation_id),
  CONSTRAINT seat_allocations_valid CHECK (
    quantity > 0 AND unit_price_minor >= 0 AND (state <> 'held' OR expires_at IS NOT NULL)
    AND (pools IS NULL) = (units IS NULL))
) WITH (fillfactor = 80);

-- Only held allocations can expire, so the index stays as small as the open holds.
CREATE INDEX seat_allocations_held ON seat_allocations (expires_at) WHERE state = 'held';

-- What buyers have of a type with a limit a buyer: held and sold. Type -1 counts the tickets of any type that they hold
-- but have not paid, where the event limits these.
CREATE TABLE seat_buyers (
  event_id uuid NOT NULL,
  buyer_id uuid NOT NULL,
  type     smallint NOT NULL CHECK (type >= -1),
  taken    integer NOT NULL CHECK (taken >= 0),
  PRIMARY KEY (event_id, buyer_id, type)
) WITH (fillfactor = 80);

-- A row of seat_inventory, as the functions pass it on. A table's own row type cannot be passed where the table is
-- distributed.
CREATE TYPE seat_counters AS (
  event_id      uuid,
  pool          smallint,
  capacity      integer,
  held          integer,
  sold          integer,
  set_aside     integer,
  waitlist_open boolean,
  plain         boolean,
  seq           bigint
);

-- Locks the house of an event. All seat operations start here, and so lock in one order.
CREATE FUNCTION lock_inventory(p_event_id uuid, OUT inventory seat_counters)
LANGUAGE plpgsql AS $$
BEGIN
  SELECT i.event_id, i.pool, i.capacity, i.held, i.sold, i.set_aside, i.waitlist_open, i.plain, i.seq
    INTO inventory
    FROM seat_inventory i
   WHERE i.event_id = p_event_id AND i.pool = 0
     FOR UPDATE;
END $$;

-- Whether only the default type of an event is sold, a seat a ticket, without bounds, limits or a window of its own.
CREATE FUNCTION is_plain(p_event_id uuid) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN NOT EXISTS (
    SELECT FROM events e WHERE e.event_id = p_event_id AND e.max_held_per_user IS NOT NULL
  ) AND NOT EXISTS (
    SELECT FROM ticket_types y
     WHERE y.event_id = p_event_id
       AND (y.max_per_buyer IS NOT NULL
         OR (y.type > 0 AND y.status <> 'archived')
         OR (y.type = 0 AND (y.status <> 'active' OR y.pools <> '{0}' OR y.units <> '{1}' OR y.min_per_order > 1
             OR y.max_per_order IS NOT NULL OR y.sales_start IS NOT NULL OR y.sales_end IS NOT NULL)))
  );
END $$;

-- Marks whether the short path of hold_seats sells an event. To be called under the lock after each change of the
-- event's types and limits.
CREATE FUNCTION refresh_plain(p_event_id uuid) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  is_plain_now boolean := is_plain(p_event_id);
BEGIN
  UPDATE seat_inventory i
     SET plain = is_plain_now
   WHERE i.event_id = p_event_id AND i.pool = 0 AND i.plain <> is_plain_now;
END $$;

-- Counts anew what each buyer has of a type (-1: holds of the event). To be called under the lock after a limit was
-- set or removed; without a limit nothing is counted.
CREATE FUNCTION recount_buyers(p_event_id uuid, p_type smallint) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  limited boolean;
BEGIN
  DELETE FROM seat_buyers b WHERE b.event_id = p_event_id AND b.type = p_type;
  IF p_type = -1 THEN
    limited := EXISTS (
      SELECT FROM events e WHERE e.event_id = p_event_id AND e.max_held_per_user IS NOT NULL);
  ELSE
    limited := EXISTS (
      SELECT FROM ticket_types y
       WHERE y.event_id = p_event_id AND y.type = p_type AND y.max_per_buyer IS NOT NULL);
  END IF;
  IF NOT limited THEN RETURN; END IF;
  INSERT INTO seat_buyers (event_id, buyer_id, type, taken)
  SELECT a.event_id, a.buyer_id, p_type,
         sum(CASE p_type WHEN -1 THEN a.quantity * coalesce(a.units[1], 1) ELSE a.quantity END)
    FROM seat_allocations a
   WHERE a.event_id = p_event_id AND a.buyer_id IS NOT NULL
     AND ((p_type = -1 AND a.state = 'held') OR (a.type = p_type AND a.state IN ('held', 'sold')))
   GROUP BY a.event_id, a.buyer_id;
END $$;
