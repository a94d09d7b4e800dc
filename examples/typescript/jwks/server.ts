import { errors, jwtVerify } from "jose";
import { arnOf } from "../reading/references.ts";
import { serve } from "../serving/serve.ts";
import { publicKeys } from "./publicKeys.ts";

/*
 * A service that admits whoever holds a token of another one, and needs no permission on the key that signs them:
 *
 *     consumers:
 *       site: { kind: ecs, port: 8080, command: [node, jwks/server.ts], reads: [orders/token-key.jwks] }
 */

/** Codes of `jose` that tell of the keys, and nothing of the token. */
const unreadKeys = ["ERR_JOSE_GENERIC", "ERR_JWKS_INVALID", "ERR_JWKS_TIMEOUT"];

const keys = publicKeys(arnOf("orders/token-key.jwks"));

serve(async ({ headers: { authorization = "" } }) => {
  try {
    await jwtVerify(authorization.replace(/^Bearer /, ""), keys, {
      algorithms: ["EdDSA"],
      issuer: "orders",
      audience: "catalog",
      requiredClaims: ["exp"],
    });
    return 200;
  } catch (error) {
    if (error instanceof errors.JOSEError && !unreadKeys.includes(error.code)) return 401;
    throw error;
  }
});
