DROP FUNCTION hold_seats_at_prices;
