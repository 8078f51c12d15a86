-- Removes some of a tenant's data, unless its erasure was completed by others
-- meanwhile: then what is there may belong to a new installation.
--
-- KEYS: tenants, a sorted set, held, keys to remove. ARGV: tenant, number of
-- the erasure, whether the sorted set is due, names to remove from it. The set
-- leads to the rest, so it is last.
local tenants, set, held = unpack(KEYS, 1, 3)
if redis.call('HGET', tenants, ARGV[1]) ~= 'erasing ' .. ARGV[2] then return ERASED end

local named = #ARGV > 3
if named then redis.call('ZCARD', set) end
if named and ARGV[3] == 'due' then redis.call('HDEL', held, unpack(ARGV, 4)) end
for i = 4, #KEYS do redis.call('UNLINK', KEYS[i]) end
if named then redis.call('ZREM', set, unpack(ARGV, 4)) end
return {}
