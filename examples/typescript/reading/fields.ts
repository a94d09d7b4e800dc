/** The fields of a secret that is one JSON object. What JSON.parse says of any other text shows a part of it. */
export function fieldsOf<Fields>(secret: string): Fields {
  try {
    return JSON.parse(secret) as Fields;
  } catch {
    throw new Error("the secret is no JSON object");
  }
}
