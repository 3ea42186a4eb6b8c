import { checkout } from "./checkout.ts";
import { common } from "./common.ts";
import { event } from "./event.ts";
import { home } from "./home.ts";
  proof,
