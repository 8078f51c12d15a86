-- Removes some of a tenant's data, unless its erasure was completed by others
-- meanwhile: then what is there may belong to a new installation.
--
-- KEYS: tenants, a sorted set, held, keys to remove. ARGV: tenant, number of
-- the erasure, whether the sorted set is due, names to remove from it.
local tenants, set, held = unpack(KEYS, 1, 3)
if redis.call('HGET', tenants, ARGV[1]) ~= 'erasing ' .. ARGV[2] then return ERASED end

for i = 4, #KEYS do redis.call('UNLINK', KEYS[i]) end
for i = 4, #ARGV do
  redis.call('ZREM', set, ARGV[i])
  if ARGV[3] == 'due' then redis.call('HDEL', held, ARGV[i]) end
end
return {}
