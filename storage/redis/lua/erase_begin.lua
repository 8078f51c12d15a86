-- Marks a tenant so that nothing is written to it any more, and answers with
-- the number of the erasure: a new one, or of one that was interrupted.
--
-- KEYS: tenants, version. ARGV: tenant.
local tenants, version = unpack(KEYS)
local _, micros = clock(0)

local state = redis.call('HGET', tenants, ARGV[1])
if state and string.sub(state, 1, 8) == 'erasing ' then return {string.sub(state, 9)} end

local number = decimal(reserve(version, 1, micros) + 1)
redis.call('HSET', tenants, ARGV[1], 'erasing ' .. number)
return {number}
