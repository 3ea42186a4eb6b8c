import { openElasticsearchIndex, TEST_ELASTICSEARCH_URL } from "../../testing/indices.ts";
import { testSearchIndex } from "../conformance/mod.ts";

if (TEST_ELASTICSEARCH_URL) {
  testSearchIndex("elasticsearch", () => openElasticsearchIndex(TEST_ELASTICSEARCH_URL!));
}
