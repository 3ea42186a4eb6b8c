UPDATE waitlist_entries SET closed_reason = 'event_over' WHERE closed_reason = 'starts_soon';
ALTER TABLE waitlist_entries
  DROP CONSTRAINT waitlist_entries_closed_reason_check,
  ADD CONSTRAINT waitlist_entries_closed_reason_check
    CHECK (closed_reason IN ('event_over', 'types_ended', 'buyer_limit'));
