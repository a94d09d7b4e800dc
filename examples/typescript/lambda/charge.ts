import { fieldsOf } from "../reading/fields.ts";
import { arnOf } from "../reading/references.ts";
import { parameter, secret } from "./extension.ts";

/*
 * Sends a charge to the card network, and reads through AWS's extension, which needs no library:
 *
 *     consumers:
 *       charge:
 *         kind: lambda
 *         code: examples/typescript/lambda/dist
 *         handler: charge.handler
 *         extension: true
 *         reads: [provider-session, card-network-url, charge-limit]
 */

interface Charge {
  /** Euros. */
  readonly amount: number;
  readonly reference: string;
}

/** A secret of several fields is one JSON object. */
interface Session {
  readonly session_id: string;
  readonly token: string;
}

export async function handler(charge: Charge): Promise<{ accepted: boolean; reason?: string }> {
  const limit = Number(await parameter(arnOf("charge-limit")));
  if (!(charge.amount > 0 && charge.amount <= limit)) {
    return { accepted: false, reason: `the amount must be above 0 and at most ${limit}` };
  }
  const url = await parameter(arnOf("card-network-url"));
  let response = await send(url, await session(), charge);
  // The session was rotated since the extension last read it.
  if (response.status === 401) response = await send(url, await session({ fresh: true }), charge);
  if (!response.ok) throw new Error(`the card network answered ${response.status}`);
  return { accepted: true };
}

async function session(options: { readonly fresh?: boolean } = {}): Promise<Session> {
  return fieldsOf<Session>(await secret(arnOf("provider-session"), options));
}

function send(url: string, { session_id, token }: Session, charge: Charge): Promise<Response> {
  return fetch(new URL("/charges", url), {
    method: "POST",
    headers: {
      authorization: `Bearer ${token}`,
      "content-type": "application/json",
      "idempotency-key": charge.reference,
      "x-session-id": session_id,
    },
    body: JSON.stringify(charge),
  });
}
