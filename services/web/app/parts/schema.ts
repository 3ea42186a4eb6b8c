/** Rules of forms. Messages are ours alone: `zod/mini` has none. */
import * as z from "zod/mini";

// Without this it tries `new Function`, which the policy of pages forbids.
z.config({ jitless: true });

export { z };
