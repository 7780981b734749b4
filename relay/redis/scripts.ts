/** What must happen at once in the shared store. Its own clock counts: those of relays differ. */

const now = `local time = redis.call('TIME') local now = time[1] * 1000 + math.floor(time[2] / 1000)`;

/** KEYS: pots. ARGV: place, ttl in ms, and the most of each pot. Gives the number of the first full one, or 0. */
export const takePlace = `${now}
for index, pot in ipairs(KEYS) do
  redis.call('ZREMRANGEBYSCORE', pot, '-inf', now)
  local taken = redis.call('ZCARD', pot)
  if redis.call('ZSCORE', pot, ARGV[1]) then taken = taken - 1 end
  if taken >= tonumber(ARGV[index + 2]) then return index end
end
for _, pot in ipairs(KEYS) do
  redis.call('ZADD', pot, now + ARGV[2], ARGV[1])
  redis.call('PEXPIRE', pot, ARGV[2])
end
return 0`;

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
