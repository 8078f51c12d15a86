-- Answers for each command of ARGV (its number of words, then its words)
-- whether the user who runs this may run it: 1, 0, or -1 where there is no such
-- command. Runs none. Before Redis 7.0 it cannot tell, and answers with nothing.
if not redis.acl_check_cmd then return {} end
local answers, at = {}, 1
while at <= #ARGV do
  local last = at + tonumber(ARGV[at])
  local known, is = pcall(redis.acl_check_cmd, unpack(ARGV, at + 1, last))
  answers[#answers + 1] = not known and -1 or is and 1 or 0
  at = last + 1
end
return answers
