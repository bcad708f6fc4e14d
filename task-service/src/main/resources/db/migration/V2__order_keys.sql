-- The keys of orders stay for 30 days, so there may be millions: the sweeper finds those that are past their time without reading the others.
CREATE INDEX unique_key_until ON unique_key (until);
