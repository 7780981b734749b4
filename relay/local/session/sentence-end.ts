/** Words nobody ends a sentence with, whatever the recogniser puts behind them. */
const UNFINISHED =
  /(?:^|\s)(?:and|or|but|so|because|if|the|an?|my|your|to|of|in|on|at|for|with|from|about|u[hm]+|er+|e|ou|mas|de|do|da|com|para|que|y|o|pero|con|el|la)[.,…]*$/i;

/** Whether what was said so far sounds like all of it, by its words alone. */
export function soundsFinished(text: string): boolean {
  const said = text.trim();
  if (/(?:\.\.\.|…|[,;:\-–—])$/.test(said)) return false;
  return /[.?!]["'”’)]*$/.test(said) && !UNFINISHED.test(said);
}
