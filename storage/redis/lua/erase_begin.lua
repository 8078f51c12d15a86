-- Marks a tenant so that nothing is written to it any more, and answers with
-- the number of the erasure: a new one, or of one that was interrupted.
--
-- KEYS: tenants, version. ARGV: offset, tenant.
local tenants, version = unpack(KEYS)
local _, micros = clock(tonumber(ARGV[1]))

local state = redis.call('HGET', tenants, ARGV[2])
if state and string.sub(state, 1, 8) == 'erasing ' then return {string.sub(state, 9)} end

local number = decimal(after(redis.call('GET', version), micros))
redis.call('SET', version, number)
redis.call('HSET', tenants, ARGV[2], 'erasing ' .. number)
return {number}
