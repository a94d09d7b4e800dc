"use strict";

require("tsx/cjs");
const { filesOf } = require("./groups.ts");

module.exports = { ...require("../../.mocharc.cjs"), spec: filesOf("unit") };
