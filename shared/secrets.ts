/** A secret while it is replaced: the first one signs, all of them are accepted. */
export type Secrets = readonly [current: string, ...others: string[]];
