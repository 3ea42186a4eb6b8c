DROP FUNCTION lock_inventory;
DROP TABLE seat_allocations;
DROP TABLE seat_inventory;
DROP DOMAIN allocation_source;
DROP DOMAIN allocation_state;
