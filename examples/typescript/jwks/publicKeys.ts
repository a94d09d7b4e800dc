import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from "jose";

/** What the rotation waits for before a new key signs, less a minute: no verifier may keep keys for longer. */
const maxAgeMilliseconds = 5 * 60 * 1000;

/** So that tokens with made-up keys do not make this read each time. */
const pauseMilliseconds = 30 * 1000;

/**
 * The public keys of a key pair, out of the String parameter that its rotation publishes them in; read again when they
 * are five minutes old, or where a token's `kid` is not among them. `jose` does the keeping, for which it asks for a URL:
 * the parameter's ARN is one.
 * @param arn of `SERVICE/ITEM.jwks` in the consumer's `reads`
 */
export function publicKeys(arn: string): JWTVerifyGetKey {
  const client = new SSMClient({ region: arn.split(":")[3] ?? "" });
  return createRemoteJWKSet(new URL(arn), {
    cacheMaxAge: maxAgeMilliseconds,
    cooldownDuration: pauseMilliseconds,
    [customFetch]: async (_url, { signal }) => {
      const { Parameter } = await client.send(new GetParameterCommand({ Name: arn }), {
        abortSignal: signal,
      });
      return new Response(Parameter?.Value, { status: 200 });
    },
  });
}
