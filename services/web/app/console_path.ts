/** Whether a path, without its language, is one of the organisers' console. */
export function isConsolePath(path: string): boolean {
  return /^\/console(?:\/|$)/.test(path);
}
