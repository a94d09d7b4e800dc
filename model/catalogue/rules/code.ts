import { codeFiles } from "../../repository/codeFiles";
import { entriesOf, problemAt } from "../reading/manifest";
import { eachManifest } from "./rule";

/** `code` leads to files of the repository, and nothing but such. */
export const code = eachManifest((manifest, { options }) =>
  entriesOf(manifest.draft.consumers).flatMap(([name, consumer]) => {
    if (consumer.kind !== "lambda" || consumer.code === undefined || options.codeElsewhere === true)
      return [];
    const found = codeFiles(options.root, consumer.code);
    const problems = "problems" in found ? found.problems : [];
    return problems.map((problem) => problemAt(manifest, ["consumers", name, "code"], problem));
  }),
);
