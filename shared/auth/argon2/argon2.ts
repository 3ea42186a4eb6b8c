/** An implementation of argon2id (RFC 9106). All of them write and read the same PHC strings. */
export interface Argon2 {
  /** A salted hash: `$argon2id$v=19$m=…,t=…,p=…$<salt>$<hash>`. */
  hash(password: Uint8Array): Promise<string>;
  /**
   * Whether `hash` was made of this password, by the parameters that the hash itself names.
   *
   * @throws {Error} `hash` is no PHC string
   */
  verify(password: Uint8Array, hash: string): Promise<boolean>;
}

/** The least that OWASP's password storage cheat sheet allows for argon2id. */
export const ARGON2_COST = { memory_kib: 19 * 1024, passes: 2, lanes: 1 } as const;
export const SALT_BYTES = 16;
export const HASH_BYTES = 32;
