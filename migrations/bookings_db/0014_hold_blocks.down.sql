DROP TABLE hold_blocks;
