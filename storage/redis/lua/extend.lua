-- Holds a claim for longer, with a new token.
--
-- KEYS: due, held, version. ARGV: time, member, its token, lease.
local due, held, version = unpack(KEYS)
local member = ARGV[2]
local now, micros = clock(tonumber(ARGV[1]))

local is = redis.call('HGET', held, member)
if not is or string.sub(is, 1, 8) ~= ARGV[3] then return LOST end

local token = reserve(version, 1, micros) + 1
redis.call('ZADD', due, decimal(now + tonumber(ARGV[4])), member)
redis.call('HSET', held, member, claimed(token, tried(is)))
return {token}
