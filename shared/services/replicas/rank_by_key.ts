const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = FNV_OFFSET;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), FNV_PRIME);
  }
  return hash >>> 0;
}

/** Spreads close values over all 32 bits (the finaliser of MurmurHash3). */
function mixed(value: number): number {
  let bits = value;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

/**
 * The index of the name that a key belongs to, by rendezvous hashing: every process chooses alike, and when a name comes
 * or goes only the keys of that name move. -1 without names.
 */
export function rankByKey(key: string, names: readonly string[]): number {
  const hash = hashOf(key);
  let best = -1;
  let highest = -1;
  for (let i = 0; i < names.length; i++) {
    const weight = mixed(hash ^ mixed(hashOf(names[i]!)));
    if (weight > highest) [best, highest] = [i, weight];
  }
  return best;
}
