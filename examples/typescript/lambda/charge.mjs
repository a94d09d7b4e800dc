// @ts-check
import { Values } from "./values.mjs";

const values = new Values();

/**
 * Sends a charge to the card network:
 *
 *     consumers:
 *       charge:
 *         kind: lambda
 *         code: examples/typescript/lambda
 *         handler: charge.handler
 *         reads: [provider-session, card-network-url, charge-limit]
 *
 * @param {{ amount: number, reference: string }} charge amount in euros
 */
export async function handler(charge) {
  const limit = Number(await values.get("charge-limit"));
  if (!(charge.amount > 0 && charge.amount <= limit)) {
    return { accepted: false, reason: `the amount must be above 0 and at most ${limit}` };
  }
  const url = await values.get("card-network-url");
  let response = await send(url, await session(), charge);
  // The session was rotated since this function last read it.
  if (response.status === 401) response = await send(url, await session({ fresh: true }), charge);
  if (!response.ok) throw new Error(`the card network answered ${response.status}`);
  return { accepted: true };
}

/**
 * A secret of several fields is one JSON object.
 *
 * @param {{ fresh?: boolean }} [options]
 * @returns {Promise<{ session_id: string, token: string }>}
 */
async function session(options) {
  return JSON.parse(await values.get("provider-session", options));
}

/**
 * @param {string} url
 * @param {{ session_id: string, token: string }} session
 * @param {{ amount: number, reference: string }} charge
 */
function send(url, { session_id, token }, charge) {
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
