DROP FUNCTION transfer_allocations;
DROP FUNCTION transfer_seats;
DROP TABLE seat_changes;
DROP FUNCTION record_transfer;
DROP TABLE seat_ledger;
DROP DOMAIN seat_account;
DROP DOMAIN seat_operation;
