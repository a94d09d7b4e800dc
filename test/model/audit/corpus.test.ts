import assert from "node:assert/strict";
import { isAudited } from "../../../model/audit/trailRecord";
import { corpus } from "../detection/support/corpus";
import { audited } from "./support/audited";

describe("the corpus of what happens", () => {
  const happenings = corpus().flatMap(({ name, record }) => {
    if (!isAudited(record)) return [];
    const { rows, seen } = audited([record]);
    const unexplained = rows.some(({ finding, denied }) => finding === "unexplained" && denied === 0);
    return [{ name, unexplained, read: rows.length > 0, outside: seen.outside > 0 }];
  });
  const namesOf = (group: string, which: (one: (typeof happenings)[number]) => boolean) =>
    happenings
      .filter((one) => one.name.startsWith(`${group}/`) && which(one))
      .map(({ name }) => name.slice(group.length + 1))
      .sort();

  it("normal reads are explained by the sample manifests, each of them", () => {
    assert.ok(namesOf("normal", ({ read }) => read).length >= 15);
    assert.deepEqual(
      namesOf("normal", ({ unexplained }) => unexplained),
      [],
    );
  });

  it("normal reads of what no manifest names are those of others", () => {
    assert.deepEqual(
      namesOf("normal", ({ outside }) => outside),
      [
        "launch-reads-public-image",
        "log-group-decrypts",
        "other-team-decrypts-own-parameter",
        "other-team-reads-own-managed-secret",
        "other-team-reads-own-secret",
        "partner-rotation-reads-secret",
      ],
    );
  });

  it("reads that set off alarms are explained by nothing, but those by a consumer's own role", () => {
    assert.deepEqual(
      namesOf("reads", ({ unexplained }) => unexplained),
      [
        "administrator-decrypts-parameter",
        "administrator-reads-managed-secret",
        "auditor-decrypts-parameter",
        "console-user-reads-secret",
        "deployer-reads-secret",
        "developer-reads-secret",
        "foreign-account-decrypts-parameter",
        "foreign-account-reads-managed-secret",
        "foreign-account-reads-secret",
        "platform-function-reads-secret",
        "role-outside-services",
        "role-outside-services-decrypts",
        "role-that-looks-like-a-service",
        "root-reads-secret",
        "user-decrypts-parameter",
        "writer-decrypts-parameter",
        "writer-reads-secret",
      ],
    );
    const granted = namesOf("reads", ({ read, unexplained }) => read && !unexplained);
    assert.ok(granted.every((name) => /^stolen-credentials|^session-named-like-a-build$|denied/.test(name)));
  });

  it("break-glass is a reason of its own", () => {
    const { record } = corpus().find(({ name }) => name === "break-glass/reads-secret") ?? {};
    assert.ok(isAudited(record));
    const [row] = audited([record]).rows;
    assert.deepEqual([row?.finding, row?.principal.session], ["break-glass", "jo@example.com"]);
  });
});
