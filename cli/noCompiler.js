"use strict";

// Stands in for the TypeScript compiler in the command's bundle (see bundle.js).
module.exports = {};
