import { createHash, createHmac, pbkdf2Sync, randomBytes } from "node:crypto";

/**
 * PostgreSQL's own default (`scram_iterations`). A generated password's 190 bits do not need more, and clients pay
 * for each iteration at every login.
 */
const iterations = 4096;

/**
 * What PostgreSQL keeps of a password, computed here, so that the password itself never reaches the server's log,
 * its statement statistics or a proxy between. CREATE and ALTER ROLE take it in the password's place.
 * https://www.rfc-editor.org/rfc/rfc5803, https://www.postgresql.org/docs/current/catalog-pg-authid.html
 */
export function scramVerifier(password: string, salt: Buffer = randomBytes(16)): string {
  const salted = pbkdf2Sync(prepare(password), salt, iterations, 32, "sha256");
  const clientKey = createHmac("sha256", salted).update("Client Key").digest();
  const storedKey = createHash("sha256").update(clientKey).digest("base64");
  const serverKey = createHmac("sha256", salted).update("Server Key").digest("base64");
  return `SCRAM-SHA-256$${iterations}:${salt.toString("base64")}$${storedKey}:${serverKey}`;
}

/**
 * The mapping and normalisation of SASLprep (RFC 4013), as clients apply it at login; changes nothing in ASCII.
 * Prohibited characters pass, as PostgreSQL lets them.
 */
function prepare(password: string): string {
  return password
    .replace(/[\u00A0\u1680\u2000-\u200B\u202F\u205F\u3000]/gu, " ")
    .replace(/\u00AD|\u034F|\u1806|\u180B|\u180C|\u180D|\u200C|\u200D|\u2060|[\uFE00-\uFE0F]|\uFEFF/gu, "")
    .normalize("NFKC");
}
