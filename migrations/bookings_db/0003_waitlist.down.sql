DROP TABLE waitlist_claims;
DROP TABLE waitlist_passes;
DROP TABLE waitlist_entries;
DROP TABLE waitlist_queues;
