import type { SearchIndex } from "../search_index.ts";
import { testFilters } from "./filters.ts";
import type { Register } from "./register.ts";
import { testSuggestions } from "./suggestions.ts";
import { testWords } from "./words.ts";
import { testWrites } from "./writes.ts";

/**
 * Registers the tests that every search engine must pass.
 *
 * @param open makes an index that is empty and that nothing else uses
 */
export function testSearchIndex(engine: string, open: () => Promise<SearchIndex>): void {
  const register: Register = (guarantee, run) =>
    Deno.test(`${engine} index: ${guarantee}`, async () => await run(await open()));
  testWords(register);
  testFilters(register);
  testWrites(register);
  testSuggestions(register);
}
