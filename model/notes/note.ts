import { byPosition, type Position } from "../yaml/problem";

/** Something that reviewers should know of a file, and that refuses nothing. Never a value that could be a credential. */
export interface Note extends Position {
  /** What stands there and what would be better, in one line of about 80 characters, without a closing full stop. */
  readonly note: string;
}

/** `services/orders.yaml:12:5` */
export function placeOfNote({ file, line, column }: Note): string {
  return `${file}:${line}:${column}`;
}

/** `a`, or `a and 3 more`: a note is one line. */
export function few([first = "", ...more]: readonly string[]): string {
  return more.length === 0 ? first : `${first} and ${more.length} more`;
}

/** Each once, though the Plan has what it is about in every environment; by file, then line, then column. */
export function inOrder(notes: readonly Note[]): readonly Note[] {
  const unique = new Map(notes.map((note) => [`${placeOfNote(note)} ${note.note}`, note]));
  return [...unique.values()].sort(byPosition);
}
