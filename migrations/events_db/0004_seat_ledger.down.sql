DROP TRIGGER seat_inventory_first_entry ON seat_inventory;
DROP FUNCTION record_first_entry;
DROP FUNCTION transfer_seats;
DROP FUNCTION record_transfer;
DROP TABLE seat_changes;
DROP TABLE seat_ledger;
DROP DOMAIN seat_account;
DROP DOMAIN seat_operation;
DROP FUNCTION refuse_ledger_change;
