import type { SearchConfig } from "../config.ts";
import type { SearchIndex } from "./search_index.ts";

/** Opens the configured engine, and loads the code of that one only. */
export async function openSearchIndex({ engine }: SearchConfig): Promise<SearchIndex> {
  switch (engine) {
    case "embedded": {
      const { EmbeddedSearchIndex } = await import("./embedded/embedded_index.ts");
      return new EmbeddedSearchIndex();
    }
  }
}
