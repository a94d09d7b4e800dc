import { gzipSync } from "node:zlib";
import { types } from "../../../../policies/view/types";
import { instanceUserData } from "../../../../policies/rules/ec2/instance-user-data";
import { testRule } from "../../support/cases";
import { canary, declare, later, other } from "../../support/program";

const base64 = (text: string) => Buffer.from(text).toString("base64");
const template = (userData: string) => declare("launchTemplate", { userData });

testRule(instanceUserData, {
  passes: {
    none: declare("launchTemplate", {}),
    "fetched at start": template(
      base64(
        '#!/bin/sh\nDB_PASSWORD="$(aws secretsmanager get-secret-value --secret-id orders/prod/database)"\nexport TOKEN=$1\n',
      ),
    ),
    "where the secret is": template(base64("#cloud-config\nDATABASE_SECRET=orders/prod/database\n")),
  },
  fails: {
    "behind gzip": {
      program: template(gzipSync(`export DB_PASSWORD=${canary}\n`).toString("base64")),
      at: "userData sets DB_PASSWORD",
    },
    "in a part of a message in base64": {
      program: template(
        base64(
          [
            'Content-Type: multipart/mixed; boundary="x"',
            "",
            "--x",
            "Content-Transfer-Encoding: base64",
            "",
            base64(`export DB_PASSWORD=${canary}\n`),
            "--x--",
          ].join("\n"),
        ),
      ),
      at: "userData sets DB_PASSWORD",
    },
    "of a spot instance": {
      program: other(types.spotInstance, { userData: `export DB_PASSWORD=${canary}\n` }),
      at: "userData sets DB_PASSWORD",
    },
    "in a tag": {
      program: declare("launchTemplate", {
        tags: { database: `postgres://orders:${canary}@db.prod.internal/orders` },
      }),
      at: "tags.database holds what looks like a URL with a password",
    },

    "a password in base64": {
      program: template(base64(`#!/bin/sh\nexport DB_PASSWORD="${canary}"\n`)),
      at: "userData sets DB_PASSWORD",
    },
    "a password in plain text": {
      program: declare("instance", { userData: `#!/bin/sh\nDB_PASSWORD=${canary}\n` }),
      at: "userData sets DB_PASSWORD",
    },
    "a password in the other property": {
      program: declare("launchConfiguration", {
        imageId: "ami-1",
        instanceType: "t3.micro",
        userDataBase64: base64(`API_KEY=${canary}\n`),
      }),
      at: "userDataBase64 sets API_KEY",
    },
    "a URL with a password": {
      program: template(base64(`curl https://bot:${canary}@packages.example.com/x\n`)),
      at: "userData holds what looks like a URL with a password",
    },
    "a private key": {
      program: template(base64(`-----BEGIN OPENSSH PRIVATE KEY-----\n${canary}\n`)),
      at: "userData holds what looks like a private key",
    },
  },
  undecided: { "the user data": { program: template(later), at: "userData is not known" } },
});
