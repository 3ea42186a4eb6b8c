DROP FUNCTION lock_inventory;
DROP TABLE seat_allocations;
DROP TABLE seat_inventory;
