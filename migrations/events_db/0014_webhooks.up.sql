-- Outgoing webhooks of organisers (services/event/webhooks).

CREATE TABLE webhooks (
  webhook_id            uuid PRIMARY KEY,
  owner_id              uuid NOT NULL REFERENCES admins (admin_id),
  url                   text NOT NULL CHECK (url <> ''),
  topics                text[] NOT NULL CHECK (cardinality(topics) > 0),
  description           text CHECK (description <> ''),
  status                text NOT NULL CHECK (status IN ('active', 'paused')),
  paused_at             timestamptz,
  -- Why the platform paused it; null if its owner did.
  paused_because        text CHECK (paused_because IN ('gone', 'failing')),
  -- Signing keys, encrypted by the program. The previous one signs, too, until then.
  secret                bytea NOT NULL,
  previous_secret       bytea,
  previous_secret_until timestamptz,
  failing_since         timestamptz, -- the first failed attempt since the last delivery
  created_at            timestamptz NOT NULL,
  updated_at            timestamptz NOT NULL,
  CHECK ((status = 'paused') = (paused_at IS NOT NULL)),
  CHECK (paused_because IS NULL OR status = 'paused'),
  CHECK ((previous_secret IS NULL) = (previous_secret_until IS NULL))
);

CREATE INDEX webhooks_by_owner ON webhooks (owner_id, created_at DESC);

-- What is sent to each webhook: the queue, and afterwards the log. Rows are written by the statement that causes the fact,
-- or that takes it from another service, and are kept for some days. There is no foreign key to webhooks: the rows of a
-- deleted one are never sent, and purged in time.
CREATE TABLE webhook_deliveries (
  delivery_id   uuid NOT NULL, -- the fact's id, and the receiver's idempotency key
  webhook_id    uuid NOT NULL,
  event_id      uuid NOT NULL, -- of a ping, which belongs to no event: the webhook
  topic         text NOT NULL,
  body          text NOT NULL, -- as it is signed and sent, the same at every attempt
  status        text NOT NULL CHECK (status IN ('pending', 'delivered', 'failed')),
  attempts      integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  due_at        timestamptz NOT NULL, -- while a process sends it: the end of its lease
  attempted_at  timestamptz,
  answer_status integer,
  answer_start  text,
  last_error    text,
  duration_ms   integer CHECK (duration_ms >= 0),
  created_at    timestamptz NOT NULL,
  PRIMARY KEY (delivery_id, webhook_id, event_id)
);

CREATE INDEX webhook_deliveries_due ON webhook_deliveries (webhook_id, due_at) WHERE status = 'pending';
CREATE INDEX webhook_deliveries_log ON webhook_deliveries (webhook_id, created_at DESC, delivery_id);
CREATE INDEX webhook_deliveries_old ON webhook_deliveries (created_at);

-- Whether an event was sold out when the change feed was last read for webhooks.
CREATE TABLE webhook_sale_states (
  event_id uuid PRIMARY KEY,
  sold_out boolean NOT NULL
);

-- How far the change feed has been read for webhooks, by lane.
CREATE TABLE webhook_feed (
  lane   smallint PRIMARY KEY CHECK (lane BETWEEN 0 AND 15),
  change bigint NOT NULL CHECK (change >= 0)
);

INSERT INTO webhook_feed (lane, change) SELECT lane, last_change FROM change_lanes;
