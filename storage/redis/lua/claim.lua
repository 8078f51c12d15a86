-- Claims what has been due for longest in one partition.
--
-- KEYS: due, held, version. ARGV: time, most, lease, beginning of the keys
-- of lanes. Answers with five values for each claim. Where a lane's next job
-- should be and is none, or no list, the job is '': nothing of one company keeps
-- the others from theirs. A lane that a cluster has moved ahead of these keys is
-- left alone until they follow.
local due, held, version = unpack(KEYS)
local most, lease = tonumber(ARGV[2]), tonumber(ARGV[3])
local now, micros = clock(tonumber(ARGV[1]))

local items = redis.call('ZRANGEBYSCORE', due, '-inf', decimal(now), 'WITHSCORES', 'LIMIT', 0, most)
local claims = {}
for i = 1, #items, 2 do
  local item, job, tries = items[i], '', 0
  if string.sub(item, 1, 1) == 'L' then
    tries = tried(redis.call('HGET', held, item)) + 1
    job = redis.pcall('LINDEX', ARGV[4] .. string.sub(item, 2), 0) or ''
  end
  local text = type(job) == 'string'
  if text or string.find(job.err, 'WRONGTYPE', 1, true) then
    claims[#claims + 1] = {item, items[i + 1], tries, text and job or ''}
  end
end
if #claims == 0 then return {} end

local token = reserve(version, #claims, micros)
local ending = decimal(now + lease)
local answer, scores, holds = {}, {}, {}
for _, claim in ipairs(claims) do
  local item, since, tries, job = unpack(claim)
  token = token + 1
  for _, v in ipairs({item, since, token, tries, job}) do answer[#answer + 1] = v end
  scores[#scores + 1], scores[#scores + 2] = ending, item
  holds[#holds + 1], holds[#holds + 2] = item, claimed(token, tries)
end
redis.call('HSET', held, unpack(holds)) -- before due: of timers alone, held was not read
redis.call('ZADD', due, unpack(scores))
return answer
