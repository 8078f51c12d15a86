-- Claims what has been due for longest in one partition.
--
-- KEYS: due, held, version. ARGV: time, most, lease, beginning of the keys
-- of lanes. Answers with five values for each claim. Where a lane's next job
-- should be and is none, or no list, the job is '': nothing of one company keeps
-- the others from theirs.
local due, held, version = unpack(KEYS)
local most, lease = tonumber(ARGV[2]), tonumber(ARGV[3])
local now, micros = clock(tonumber(ARGV[1]))

local items = redis.call('ZRANGEBYSCORE', due, '-inf', decimal(now), 'WITHSCORES', 'LIMIT', 0, most)
if #items == 0 then return {} end

local jobs, tries = {}, {}
for i = 1, #items, 2 do
  local item = items[i]
  jobs[i], tries[i] = '', 0
  if string.sub(item, 1, 1) == 'L' then
    tries[i] = tried(redis.call('HGET', held, item)) + 1
    local job = redis.pcall('LINDEX', ARGV[4] .. string.sub(item, 2), 0)
    if type(job) == 'string' then jobs[i] = job end
  end
end

local token = reserve(version, #items / 2, micros)
local ending = decimal(now + lease)
local answer, scores, holds = {}, {}, {}
for i = 1, #items, 2 do
  local item = items[i]
  token = token + 1
  for _, v in ipairs({item, items[i + 1], token, tries[i], jobs[i]}) do answer[#answer + 1] = v end
  scores[#scores + 1], scores[#scores + 2] = ending, item
  holds[#holds + 1], holds[#holds + 2] = item, claimed(token, tries[i])
end
redis.call('HSET', held, unpack(holds)) -- before due: of timers alone, held was not read
redis.call('ZADD', due, unpack(scores))
return answer
