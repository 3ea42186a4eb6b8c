import type { IndexOfTest } from "../../../services/search/testing/world.ts";
import { testCurrencies } from "./currencies.ts";
import { testEditions } from "./editions.ts";
import { testFacets } from "./facets.ts";
import { testFilters } from "./filters.ts";
import { testRebuilds } from "./rebuilds.ts";
import type { Register } from "./changes.ts";
import { testSuggestions } from "./suggestions.ts";
import { testTicketTypes } from "./ticket_types.ts";
import { testWords } from "./words.ts";
import { testWrites } from "./writes.ts";

/** Registers the tests that every search engine must pass. */
export function testSearchIndex(engine: string, open: () => Promise<IndexOfTest>): void {
  const register: Register = (guarantee, run) =>
    Deno.test(`${engine} index: ${guarantee}`, async () => {
      await using opened = await open();
      await run(opened.index);
    });
  testWords(register);
  testFilters(register);
  testFacets(register);
  testCurrencies(register);
  testEditions(register);
  testWrites(register);
  testSuggestions(register);
  testRebuilds(register);
  testTicketTypes(register);
}
