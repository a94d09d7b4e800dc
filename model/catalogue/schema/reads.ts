import { list } from "../../yaml/expectation";
import { itemReference } from "./names";

/** Of every kind of consumer. */
export const reads = list("items", itemReference())
  .optional()
  .describe(
    "Items it reads at run time with its own role: `item`, or `service/item` of one that shares it; `item.jwks` for the public keys of a key pair.",
  );
