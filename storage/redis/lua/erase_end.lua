-- Completes an erasure: what remains is the name of the tenant, so that late
-- events do not bring it back.
--
-- KEYS: tenants, names, keys to remove. ARGV: tenant, number of the erasure.
local tenants, names = unpack(KEYS, 1, 2)
if redis.call('HGET', tenants, ARGV[1]) ~= 'erasing ' .. ARGV[2] then return ERASED end

redis.call('ZREM', names, ARGV[1]) -- first: it may be no sorted set
for i = 3, #KEYS do redis.call('UNLINK', KEYS[i]) end
redis.call('HSET', tenants, ARGV[1], 'erased')
return {}
