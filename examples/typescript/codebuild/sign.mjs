// @ts-check
import { createHmac } from "node:crypto";
import { createReadStream } from "node:fs";

// Prints the HMAC-SHA256 of a file. The key comes from the environment: an argument could be read by every process.
const [file] = process.argv.slice(2);
const key = process.env.SIGNING_KEY;

if (file === undefined || !key) {
  console.error(
    file === undefined
      ? "usage: node sign.mjs FILE"
      : "SIGNING_KEY is not set; name it in `environment` of the consumer in its manifest",
  );
  process.exitCode = 2;
} else {
  const hmac = createHmac("sha256", key);
  for await (const chunk of createReadStream(file)) hmac.update(chunk);
  console.log(hmac.digest("hex"));
}
