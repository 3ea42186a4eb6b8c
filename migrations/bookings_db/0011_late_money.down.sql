DROP FUNCTION complete_confirmations(uuid[], uuid[], uuid[], text[], text[], timestamptz[], integer[]);
