DROP FUNCTION insert_bookings_together(
  uuid, uuid[], uuid[], uuid[], text[], integer[], integer[], bigint[], text[], timestamptz[], timestamptz[], timestamptz[],
  text[], integer[], text[]);
DROP FUNCTION start_confirmations_together(uuid, uuid[], uuid[], uuid[], timestamptz[], uuid[], text[], text[], text[]);
DROP FUNCTION complete_confirmations_together(uuid, uuid[], uuid[], uuid[], text[], text[], timestamptz[], integer[]);
