-- What a script answers with when it wrote nothing, as in script.go.
local CONFLICT, LOST, ERASED, ERASING, SEEN, BUSY, DAMAGED = 1, 2, 3, 4, 5, 6, 7

-- clock returns the time in ms, the server's unless a test has moved it, and
-- the server's in microseconds.
local function clock(set)
  local t = redis.call('TIME')
  local micros = t[1] * 1000000 + t[2]
  return set > 0 and set or math.floor(micros / 1000), micros
end

-- decimal writes a number without an exponent.
local function decimal(n)
  return string.format('%d', n)
end

-- reserve returns a number after which this partition never gave out any, and
-- reserves the next n. They follow the clock, so that a primary which lost its
-- last writes in a failover does not give out a number again, and stay below
-- 2^53 until the year 2255. What cannot be such a number counts as none: the
-- clock is past all that were given out.
local function reserve(version, n, micros)
  local last = tonumber(redis.call('SET', version, decimal(micros + n), 'GET') or 0)
  if not last or last <= micros or last >= 2^53 then return micros end
  redis.call('SET', version, decimal(last + n))
  return last
end

-- claimed is what the hash held says of a member of due. Token 0: nobody holds
-- it, but it was attempted before.
local function claimed(token, attempts)
  return struct.pack('>I8I4', token, attempts)
end

-- tried is how many attempts such an entry tells of; one that is missing or
-- damaged tells of none.
local function tried(is)
  return is and #is == 12 and struct.unpack('>I4', is, 9) or 0
end
