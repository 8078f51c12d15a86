-- What a script answers with when it wrote nothing, as in script.go.
local CONFLICT, LOST, ERASED, ERASING = 1, 2, 3, 4

-- clock returns the server's time in ms, moved by the offset that only tests
-- set, and in microseconds, unmoved.
local function clock(offset)
  local t = redis.call('TIME')
  return t[1] * 1000 + math.floor(t[2] / 1000) + offset, t[1] * 1000000 + t[2]
end

-- after returns a number that this partition never gave out. It follows the
-- clock, so that a primary which lost its last writes in a failover does not
-- give out a number again, and stays below 2^53 until the year 2255.
local function after(last, micros)
  return math.max((tonumber(last or 0)) + 1, micros)
end

-- decimal writes a number without an exponent.
local function decimal(n)
  return string.format('%.0f', n)
end

-- claimed is what the hash held says of a member of due. Token 0: nobody holds
-- it, but it was attempted before.
local function claimed(token, attempts)
  return struct.pack('>I8I4', token, attempts)
end
