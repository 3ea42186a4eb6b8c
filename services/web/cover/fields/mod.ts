import { dots } from "./dots.ts";
import type { Field } from "./field.ts";
import { rays } from "./rays.ts";
import { rings } from "./rings.ts";
import { scales } from "./scales.ts";
import { stripes } from "./stripes.ts";

/** Every field. Their order is part of how covers look: a change gives events other covers. */
export const FIELDS: readonly [Field, ...Field[]] = [rays, rings, scales, stripes, dots];
