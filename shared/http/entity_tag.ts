/** Whether the client says in `If-None-Match` that it has the version of this tag (RFC 9110, 13.1.2). */
export function isKnownVersion(etag: string, ifNoneMatch: string | undefined): boolean {
  if (ifNoneMatch === undefined) return false;
  const known = ifNoneMatch.split(",").map((tag) => tag.trim().replace(/^W\//, ""));
  return known.includes("*") || known.includes(etag.replace(/^W\//, ""));
}
