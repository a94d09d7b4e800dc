import { Database, type Login } from "../reading/database.ts";
import { fieldsOf } from "../reading/fields.ts";
import { arnOf } from "../reading/references.ts";
import { Values } from "../reading/values.ts";
import { serve } from "../serving/serve.ts";

/*
 * A pod that reads its values when it needs them, with the role of its service account:
 *
 *     consumers:
 *       explorer: { kind: eks, cluster: analytics, namespace: reporting, serviceAccount: explorer, reads: [history] }
 *
 * EKS Pod Identity tells the SDK where the role's credentials are, and the SDK fetches them; nothing here names either.
 * https://docs.aws.amazon.com/eks/latest/userguide/pod-id-minimum-sdk.html
 */

const values = new Values();
const database = new Database(async (options) =>
  fieldsOf<Login>(await values.read(arnOf("history"), options)),
);

serve(
  async () => {
    await database.query("SELECT 1");
    return 200;
  },
  () => database.end(),
);
