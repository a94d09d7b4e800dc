/** A library for JOSE of others, against which what this platform makes is tried. It has no CommonJS. */
export const jose = () => import("jose");
