-- One change of one tenant's data. First everything is read and compared; the
-- writes begin only when nothing can be refused any more, and go to keys that
-- are named in KEYS: while a cluster moves a slot, Redis then refuses the whole
-- script instead of stopping in its middle.
--
-- KEYS: eight of the partition and the tenant, the lane of the held job if it
-- is one, documents to check, documents to put, lanes of jobs, lanes to take,
-- documents to read, the lane of an event if the change stands for one.
-- ARGV: the numbers below, tenant, held member, its token, versions of the
-- documents (8 bytes each), TTLs of those to put (8 bytes each, -1: delete),
-- their bodies, jobs (as kept in the list, id or ''), timers (member, time
-- or ''), the id of the event.
local due, held, version, tenants, names, index, ends, seen = unpack(KEYS, 1, 8)
local tenant, member, token, versions, ttls = unpack(ARGV, 2, 6)
local time, lease, delay, seenfor, install, done, release, uncounted, confirm, lane, once, checks, puts, jobs, timers, takes,
  reads, docprefix, jobprefix = struct.unpack('>i8I8I8I8BBBBBBBI4I4I4I4I4I4I2I2', ARGV[1])
local firstput = 8 + lane + checks
local firstjob = firstput + puts
local firsttake = firstjob + jobs
local firstread = firsttake + takes
-- The versions of a document that is not there, and of one that cannot be read.
local NONE, BROKEN = struct.pack('>I8', 0), string.rep('\255', 8)
local call = redis.call
local now, micros = clock(time)

local state = call('HGET', tenants, tenant)
local erasing = state and string.sub(state, 1, 8) == 'erasing '
if state == 'erased' or erasing then
  if install == 0 then return ERASED end
  if erasing then return ERASING end
elseif state and state ~= 'live' then
  return DAMAGED
end

local attempts = 0
if member ~= '' then
  local is = call('HGET', held, member)
  if not is or string.sub(is, 1, 8) ~= token then return LOST end
  attempts = tried(is)
end

if once == 1 then
  local ending = call('ZSCORE', seen, ARGV[#ARGV])
  if ending and tonumber(ending) > now then return SEEN end
  if call('LLEN', KEYS[firstread + reads + 1]) > 0 then return BUSY end
end

-- look returns a document's version and the end of its life, 0 if it has none.
local function look(key)
  local head = call('GETRANGE', key, 0, 15)
  if head == '' then return NONE, 0 end
  local v = string.sub(head, 1, 8)
  if #head < 16 or v == NONE or string.byte(v) > 127 then return BROKEN, 0 end
  local ending = struct.unpack('>I8', head, 9)
  if ending > 0 and ending <= now then return NONE, ending end
  return v, ending
end

-- What is only checked has nothing but its version compared, and what must not
-- exist is asked for in one go, by the server's own clock: Redis removes what
-- came to its end.
local only, absent = time > 0 and 0 or checks, {}
for i = 1, only do
  local v = string.sub(versions, i * 8 - 7, i * 8)
  if v == NONE then
    absent[#absent + 1] = KEYS[8 + lane + i]
  elseif v == BROKEN then
    if look(KEYS[8 + lane + i]) ~= BROKEN then return CONFLICT end
  elseif call('GETRANGE', KEYS[8 + lane + i], 0, 7) ~= v then
    return CONFLICT
  end
end
for _, body in ipairs(absent[1] and call('MGET', unpack(absent)) or absent) do
  if body and body ~= '' then return CONFLICT end
end
local was, ended = {}, {}
for i = only + 1, checks + puts do
  local v, ending = look(KEYS[8 + lane + i])
  if v ~= string.sub(versions, i * 8 - 7, i * 8) then return CONFLICT end
  was[i], ended[i] = v, ending
end

local ttl, creates, lists, sweeps, timed = {}, jobs + timers + once > 0, false, false, false
for i = 1, puts do
  ttl[i] = struct.unpack('>i8', ttls, i * 8 - 7)
  creates = creates or ttl[i] >= 0
  lists = lists or ttl[i] < 0 or was[checks + i] == NONE or was[checks + i] == BROKEN
  sweeps = sweeps or ttl[i] > 0
  timed = timed or ended[checks + i] > 0
end
local over = sweeps and call('ZRANGEBYSCORE', ends, '-inf', decimal(now), 'LIMIT', 0, 4)

-- A script that stops in its middle leaves half a change. So what would stop
-- it, a key that holds something of another kind, is met before the first write.
if lists or over and over[1] then call('ZCARD', index) end
if timed and not sweeps then call('ZCARD', ends) end
if creates and state ~= 'live' then call('ZCARD', names) end
local queues = jobs + timers + takes > 0
if queues or done + release > 0 then call('ZCARD', due) end
if queues and member == '' then call('HGET', held, '') end
-- ready has the lanes that are due from now on, with their next job; due does
-- not know it yet. off is how many jobs are taken off a lane at the end.
local ready, off = {}, {}
if done + lane == 2 then
  local waiting = call('LLEN', KEYS[9])
  off[KEYS[9]] = math.min(waiting, 1)
  if waiting > 1 then ready[KEYS[9]] = call('LINDEX', KEYS[9], 1) end
end
local lanes = {}
for i = firstjob + 1, firstread do
  if not lanes[KEYS[i]] then lanes[KEYS[i]] = call('LLEN', KEYS[i]) end
  if i <= firsttake and ARGV[6 + puts + 2 * (i - firstjob)] ~= '' and once == 0 then call('ZCARD', seen) end
end

local written = 0
if puts + takes + confirm > 0 then written = reserve(version, 1 + takes, micros) + 1 end

-- What goes out of a set, a hash or a list goes at the end, after what comes in:
-- a key that is empty vanishes, and while a cluster moves its slot nothing can be
-- written to it again. These have the new times of members of due, what held is
-- to say of them, false for those that go, and names that go.
local times, holds = {}, {}
local unlisted, endless = {}, {}

-- A write with a TTL clears away a few documents whose TTL ran out: Redis has
-- removed them, but not their names.
if over and over[1] then
  local put, prefix = {}, string.sub(KEYS[firstput + 1], 1, docprefix)
  for i = 1, puts do put[KEYS[firstput + i]] = true end
  for _, name in ipairs(over) do
    if not put[prefix .. name] then
      local readable, v, ending = pcall(look, prefix .. name)
      local gone = readable and v == NONE
      if gone and ending > 0 then call('DEL', prefix .. name) end
      if gone then unlisted[#unlisted + 1] = name end
      endless[#endless + 1] = name
    end
  end
end

if creates and state ~= 'live' then
  call('HSET', tenants, tenant, 'live')
  call('ZADD', names, 0, tenant)
elseif state == 'erased' then
  call('HDEL', tenants, tenant)
end

if member ~= '' and done == 1 then
  times[member], holds[member] = false, false
elseif member ~= '' and release == 1 then
  if uncounted == 1 then attempts = attempts - 1 end
  times[member] = decimal(now + delay)
  holds[member] = attempts > 0 and claimed(0, attempts)
end

local forever = struct.pack('>I8I8', written, 0)
for i = 1, puts do
  local key = KEYS[firstput + i]
  local name = string.sub(key, docprefix + 1)
  local before = ended[checks + i]
  if ttl[i] < 0 then
    call('DEL', key)
    unlisted[#unlisted + 1] = name
  elseif ttl[i] > 0 then
    local ending = now + ttl[i]
    call('SET', key, struct.pack('>I8I8', written, ending) .. ARGV[6 + i], 'PX', decimal(ttl[i]))
    call('ZADD', ends, decimal(ending), name)
  else
    call('SET', key, forever .. ARGV[6 + i])
  end
  if ttl[i] >= 0 and (was[checks + i] == NONE or was[checks + i] == BROKEN) then call('ZADD', index, 0, name) end
  if ttl[i] <= 0 and before > 0 then endless[#endless + 1] = name end
end

-- known remembers a job's id, and tells if it was remembered before. About once
-- a minute it clears away those that may be forgotten. A set to which nothing
-- is added for long enough vanishes as a whole.
local function known(id)
  local ending = now + seenfor
  local left = call('PTTL', seen)
  local fresh = call('ZADD', seen, 'NX', decimal(ending), id) == 1
  if not fresh and tonumber(call('ZSCORE', seen, id)) > now then return true end
  if not fresh then call('ZADD', seen, decimal(ending), id) end
  if left < seenfor then
    for _, old in ipairs(call('ZRANGEBYSCORE', seen, '-inf', decimal(now), 'LIMIT', 0, 2000)) do
      call('ZREM', seen, old)
    end
    call('PEXPIRE', seen, decimal(seenfor + 60000))
  end
  return false
end

if once == 1 then known(ARGV[#ARGV]) end
local at = 6 + puts
local dropped = {}
for i = 1, jobs do
  local job, id = ARGV[at + 1], ARGV[at + 2]
  at = at + 2
  if id ~= '' and known(id) then
    dropped[#dropped + 1] = i
  else
    local queue = KEYS[firstjob + i]
    local item = 'L' .. string.sub(queue, jobprefix + 1)
    if call('RPUSH', queue, job) - (off[queue] or 0) == 1 then
      ready[queue] = job
    elseif not ready[queue] and not call('ZSCORE', due, item) then
      ready[queue] = call('LINDEX', queue, 0) -- it has jobs, and was lost from due
    end
  end
end

for _ = 1, timers do
  local name, new = ARGV[at + 1], ARGV[at + 2]
  at = at + 2
  times[name], holds[name] = new ~= '' and new, false
end

local taken = {}
for i = 1, takes do
  local queue = KEYS[firsttake + i]
  local item = 'L' .. string.sub(queue, jobprefix + 1)
  local job, since, tries = ready[queue], now, 1
  if not job then
    local is, entry = times[item], holds[item]
    if is == nil then is = call('ZSCORE', due, item) end
    since = tonumber(is or now + 1)
    if since <= now then
      if entry == nil then entry = call('HGET', held, item) end
      tries = tried(entry) + 1
      job = call('LINDEX', queue, 0)
    end
  end
  if job then
    times[item] = decimal(now + lease)
    holds[item] = claimed(written + i, tries)
    ready[queue] = nil
    for _, v in ipairs({i, job, tries, since, written + i}) do taken[#taken + 1] = v end
  end
end
for queue in pairs(ready) do
  times['L' .. string.sub(queue, jobprefix + 1)] = decimal(now)
end

-- all calls a command for many arguments, some at a time.
local function all(command, key, args)
  for i = 1, #args, 1000 do call(command, key, unpack(args, i, math.min(i + 999, #args))) end
end
if next(times) then
  local set, gone, hold, free = {}, {}, {}, {}
  for item, new in pairs(times) do
    if new then set[#set + 1], set[#set + 2] = new, item else gone[#gone + 1] = item end
  end
  for item, new in pairs(holds) do
    if new then hold[#hold + 1], hold[#hold + 2] = item, new else free[#free + 1] = item end
  end
  all('ZADD', due, set)
  all('HSET', held, hold)
  all('ZREM', due, gone)
  all('HDEL', held, free)
end
all('ZREM', index, unlisted)
all('ZREM', ends, endless)
for queue, n in pairs(off) do
  if n == 1 then call('LPOP', queue) end
end

local read = {}
for i = 1, reads do
  local body = redis.pcall('GET', KEYS[firstread + i])
  read[i] = type(body) == 'string' and body or ''
end
if #dropped + #taken + reads == 0 then return {written} end
return {written, dropped, taken, read}
