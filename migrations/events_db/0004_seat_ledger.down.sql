DROP FUNCTION transfer_allocations;
DROP FUNCTION transfer_seats;
DROP TABLE changed_events;
DROP FUNCTION record_transfer;
DROP TABLE seat_ledger;
DROP DOMAIN seat_account;
DROP DOMAIN seat_operation;
