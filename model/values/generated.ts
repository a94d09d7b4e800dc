/**
 * What generated values are made of unless a manifest asks for another form: letters and digits only, so that a value
 * survives URLs, connection strings, shells and the characters AWS's database rotation excludes (`/@"'\`) unescaped.
 */
export const generatedCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** Characters in a generated value: 190 bits. */
export const generatedLength = 32;

/** Shortest of letters and digits that may be asked for: 130 bits. */
export const shortestGeneratedLength = 22;

/** Longest that may be asked for. */
export const longestGeneratedLength = 1024;
