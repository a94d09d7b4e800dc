import { Database, type Login } from "../reading/database.ts";
import { fieldsOf } from "../reading/fields.ts";
import { arnOf } from "../reading/references.ts";
import { Values } from "../reading/values.ts";
import { serve } from "../serving/serve.ts";

/*
 * A container that reads its values when it needs them, with the role of its task:
 *
 *     consumers:
 *       worker: { kind: ecs, port: 8080, command: [node, ecs/reading.ts], reads: [database] }
 *
 * It sees a rotation without a new task, so it needs no `rollout`.
 */

const values = new Values();
const database = new Database(async (options) =>
  fieldsOf<Login>(await values.read(arnOf("database"), options)),
);

serve(
  async () => {
    await database.query("SELECT 1");
    return 200;
  },
  () => database.end(),
);
