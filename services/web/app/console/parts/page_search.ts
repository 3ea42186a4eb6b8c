/** The page of a list in the address; the first one is not said. */
export function pageSearch({ page }: Record<string, unknown>): { page?: number } {
  const number = Number(page);
  return Number.isSafeInteger(number) && number > 1 ? { page: number } : {};
}
