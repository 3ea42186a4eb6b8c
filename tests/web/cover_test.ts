import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { coverSvg } from "@evently/web/cover";
import { KINDS } from "@evently/web/kinds";
