-- The waitlist: who waits for tickets of an event, in order. An offer to an entry is a pending booking that names it.
--
-- Rows are locked in one order: bookings by id, queues by event, entries by id. A statement that needs a queue takes it
-- before the entries, and one that changes several entries locks them by id first.

-- The line of an event.
CREATE TABLE waitlist_queues (
  event_id   uuid PRIMARY KEY,
  last_place bigint NOT NULL DEFAULT 0 CHECK (last_place >= 0), -- the place given last
  joined_at  timestamptz, -- when a place was given last
  -- Changes with everything that a decision must not miss. A decision names the version that it was made at.
  version    bigint NOT NULL DEFAULT 0 CHECK (version >= 0),
  is_open    boolean NOT NULL, -- whether entries may be active
  paused_at  timestamptz, -- no offers are made since then
  claimed_at timestamptz -- when a reservation last met an open offer
);

CREATE INDEX waitlist_queues_open ON waitlist_queues (event_id) WHERE is_open;
CREATE INDEX waitlist_queues_claimed ON waitlist_queues (claimed_at) WHERE claimed_at IS NOT NULL;

-- joining, waiting, offering and offered entries are active; the others have ended. An entry that is joining, waiting or
-- offering is in line.
CREATE TABLE waitlist_entries (
  entry_id          uuid NOT NULL,
  event_id          uuid NOT NULL,
  user_id           uuid NOT NULL,
  ticket_type_ids   uuid[] NOT NULL CHECK (cardinality(ticket_type_ids) BETWEEN 1 AND 10), -- in order of preference
  quantity          integer NOT NULL, -- of tickets of a type
  min_quantity      integer NOT NULL,
  place             bigint NOT NULL CHECK (place > 0), -- given once, at joining
  status            text NOT NULL CHECK (status IN (
    'joining', 'waiting', 'offering', 'offered', 'converted', 'expired', 'left', 'closed')),
  joined_at         timestamptz NOT NULL,
  passed            integer NOT NULL DEFAULT 0, -- seats that went past it since its last offer
  gathering_since   timestamptz, -- seats are kept back for it since then
  stands_back_until timestamptz, -- none are until then
  round             integer NOT NULL DEFAULT 0 CHECK (round >= 0), -- its offers so far
  -- The open offer or the one being made; of an entry without one, the last that it had.
  offer_id          uuid,
  offer_type_id     uuid,
  offer_quantity    integer,
  offer_expires_at  timestamptz,
  offer_is_last     boolean,
  offered_at        timestamptz,
  closed_reason     text CHECK (closed_reason IN ('event_over', 'types_ended', 'buyer_limit')),
  CONSTRAINT waitlist_entries_place_key UNIQUE (place, event_id),
  CHECK (min_quantity BETWEEN 1 AND quantity),
  CHECK (passed BETWEEN 0 AND min_quantity - 1),
  CHECK (num_nonnulls(offer_id, offer_type_id, offer_quantity, offer_expires_at, offer_is_last) IN (0, 5)),
  CHECK (offer_quantity BETWEEN 1 AND quantity),
  CHECK ((status IN ('offering', 'offered')) <= (offer_id IS NOT NULL)),
  CHECK ((status = 'closed') = (closed_reason IS NOT NULL))
) WITH (fillfactor = 85);

-- The line, with all that counting and choosing from it need.
CREATE INDEX waitlist_entries_active ON waitlist_entries (event_id, place) INCLUDE (status, ticket_type_ids)
 WHERE status IN ('joining', 'waiting', 'offering', 'offered');
-- Those who wait, from the first: thousands before them may have open offers.
CREATE INDEX waitlist_entries_waiting ON waitlist_entries (event_id, place) WHERE status = 'waiting';
-- Entries between two steps, and those with an open offer. They stay small.
CREATE INDEX waitlist_entries_unfinished ON waitlist_entries (event_id, place) WHERE status IN ('joining', 'offering');
CREATE INDEX waitlist_entries_offered ON waitlist_entries (event_id) WHERE status = 'offered';
CREATE INDEX waitlist_entries_gathering ON waitlist_entries (event_id, place)
 WHERE status = 'waiting' AND gathering_since IS NOT NULL;
CREATE INDEX waitlist_entries_offered_at ON waitlist_entries (event_id, offered_at) WHERE offered_at IS NOT NULL;

-- The keys of look-ups come last. While the table is small, the planner takes the newest of several indexes that cost the
-- same, and a statement keeps that plan when thousands wait: it must not be one that reads the whole line of an event.
-- Statements that find entries by these keys also hide the status from it (`isStill()`), so that indexes of the line are
-- no alternative for them, and the key of places begins with the place.
CREATE INDEX waitlist_entries_by_user ON waitlist_entries (user_id, event_id, place DESC);
-- An account has one active entry per event.
CREATE UNIQUE INDEX waitlist_entries_one_active ON waitlist_entries (user_id, event_id)
 WHERE status IN ('joining', 'waiting', 'offering', 'offered');
ALTER TABLE waitlist_entries ADD PRIMARY KEY (entry_id, event_id);

-- Seats that went past an entry to a later one. Rows are never changed: an offer that could not be made takes its passes
-- back by rows with as many seats less.
CREATE TABLE waitlist_passes (
  entry_id    uuid NOT NULL, -- who was passed
  event_id    uuid NOT NULL,
  offer_id    uuid NOT NULL, -- what the seats went to
  by_entry_id uuid NOT NULL,
  by_place    bigint NOT NULL,
  seats       integer NOT NULL CHECK (seats <> 0),
  kept        integer NOT NULL CHECK (kept >= 0), -- seats that stay behind for the entry
  taken_back  boolean NOT NULL GENERATED ALWAYS AS (seats < 0) STORED,
  passed_at   timestamptz NOT NULL,
  PRIMARY KEY (entry_id, offer_id, event_id, taken_back)
);

CREATE INDEX waitlist_passes_latest ON waitlist_passes (entry_id, passed_at DESC);
CREATE INDEX waitlist_passes_by_offer ON waitlist_passes (offer_id);

-- Idempotency keys of reservations that met an open offer: a repeated request gets the booking of that offer.
CREATE TABLE waitlist_claims (
  claim_id   uuid NOT NULL, -- the booking id that the reservation would have had
  event_id   uuid NOT NULL,
  offer_id   uuid NOT NULL,
  claimed_at timestamptz NOT NULL,
  PRIMARY KEY (claim_id, event_id)
);

CREATE INDEX waitlist_claims_latest ON waitlist_claims (event_id, claimed_at);
