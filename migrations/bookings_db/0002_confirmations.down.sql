DROP FUNCTION complete_confirmation;
DROP FUNCTION start_confirming;
