/** What must happen at once in the shared store. Its own clock counts: those of relays differ. */

const now = `local time = redis.call('TIME') local now = time[1] * 1000 + math.floor(time[2] / 1000)`;

/** A relay that was not heard of for so long is none of those that must tell again. */
const hereMs = 600_000;
/** And so long they have, after the store began anew. */
const tellMs = 10_000;

/** KEYS: relays, store. ARGV: this relay's process, and the run of the store: another one may have forgotten anything. */
export const comeIn = `${now}
if redis.call('HGET', KEYS[2], 'run') ~= ARGV[2] then
  redis.call('DEL', KEYS[1])
  redis.call('HSET', KEYS[2], 'run', ARGV[2], 'since', now)
end
redis.call('ZADD', KEYS[1], now, ARGV[1])
return 0`;

/**
 * Begins with KEYS: relays, store; ARGV: this relay's process, and how many it knows of. Gives -2 where it has to come in
 * first, and -1 while others have not: what they counted may be missing.
 */
const rollCall = `${now}
local since = redis.call('HGET', KEYS[2], 'since')
if not since then return {-2} end
redis.call('ZADD', KEYS[1], now, ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ${hereMs})
local here = redis.call('ZCARD', KEYS[1])
if here < tonumber(ARGV[2]) and now - since < ${tellMs} then return {-1} end
local answer = {0, here}`;

/**
 * On: KEYS: pots. ARGV: place, ttl in ms, and the most of each pot. Gives the number of the first full one, or 0; how many
 * relays there are; how many places each pot has taken.
 */
export const takePlace = `${rollCall}
for index = 3, #KEYS do
  redis.call('ZREMRANGEBYSCORE', KEYS[index], '-inf', now)
  local taken = redis.call('ZCARD', KEYS[index])
  if redis.call('ZSCORE', KEYS[index], ARGV[3]) then taken = taken - 1 end
  answer[index] = taken
  if answer[1] == 0 and taken >= tonumber(ARGV[index + 2]) then answer[1] = index - 2 end
end
if answer[1] > 0 then return answer end
for index = 3, #KEYS do
  redis.call('ZADD', KEYS[index], now + ARGV[4], ARGV[3])
  redis.call('PEXPIRE', KEYS[index], ARGV[4])
end
return answer`;

/** KEYS: pots. ARGV: place, ttl in ms. Puts it back when the store has forgotten it. */
export const keepPlace = `${now}
for _, pot in ipairs(KEYS) do
  redis.call('ZADD', pot, now + ARGV[2], ARGV[1])
  if redis.call('PTTL', pot) < tonumber(ARGV[2]) then redis.call('PEXPIRE', pot, ARGV[2]) end
end
return 0`;

/**
 * KEYS: totals. ARGV: the relay, then for each key this relay's own total and its end, ms since 1970. Each relay has a
 * field of its own that only grows: said twice, or again to a store that forgot it, it is the same.
 */
export const publishTotals = `for index, key in ipairs(KEYS) do
  local own = tonumber(ARGV[index * 2])
  local known = tonumber(redis.call('HGET', key, ARGV[1]) or '0')
  if own > known then
    redis.call('HSET', key, ARGV[1], own)
    redis.call('PEXPIREAT', key, ARGV[index * 2 + 1])
  end
end
return 0`;

/** KEYS: totals. ARGV: the relay. Gives what all other relays together have in each. */
export const othersTotals = `local sums = {}
for index, key in ipairs(KEYS) do
  local sum = 0
  local fields = redis.call('HGETALL', key)
  for field = 1, #fields, 2 do
    if fields[field] ~= ARGV[1] then sum = sum + tonumber(fields[field + 1]) end
  end
  sums[index] = sum
end
return sums`;

/**
 * On: KEYS: totals. ARGV: the relay, then for each key its own total, what it knows of all others', the most, and the end,
 * ms since 1970. Adds one to each, or to none. Gives the number of the first that is used up, or 0; how many relays there
 * are; what the others have in each.
 */
export const spendOne = `${rollCall}
local owns = {}
for index = 3, #KEYS do
  local at = index * 4 - 8
  local own, others = tonumber(ARGV[at]), 0
  local fields = redis.call('HGETALL', KEYS[index])
  for field = 1, #fields, 2 do
    local counted = tonumber(fields[field + 1])
    if fields[field] == ARGV[3] then own = math.max(own, counted) else others = others + counted end
  end
  owns[index] = own
  answer[index] = others
  local used = own + math.max(others, tonumber(ARGV[at + 1]))
  if answer[1] == 0 and used >= tonumber(ARGV[at + 2]) then answer[1] = index - 2 end
end
if answer[1] > 0 then return answer end
for index = 3, #KEYS do
  redis.call('HSET', KEYS[index], ARGV[3], owns[index] + 1)
  redis.call('PEXPIREAT', KEYS[index], ARGV[index * 4 - 5])
end
return answer`;
