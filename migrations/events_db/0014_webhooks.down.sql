DROP TABLE webhook_feed;
DROP TABLE webhook_sale_states;
DROP TABLE webhook_deliveries;
DROP TABLE webhooks;
