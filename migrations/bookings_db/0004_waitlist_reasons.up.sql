-- starts_soon: so little is left to the start that no offer is made any more.
ALTER TABLE waitlist_entries
  DROP CONSTRAINT waitlist_entries_closed_reason_check,
  ADD CONSTRAINT waitlist_entries_closed_reason_check
    CHECK (closed_reason IN ('event_over', 'starts_soon', 'types_ended', 'buyer_limit'));
