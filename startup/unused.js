"use strict";

// Stands in the command's bundle for what Pulumi loads at start and this command never uses (see bundle.js).
module.exports = {};
