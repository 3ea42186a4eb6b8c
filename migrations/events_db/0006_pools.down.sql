DROP FUNCTION retire_pool;
DROP FUNCTION resize_pool;
DROP FUNCTION make_pool;
