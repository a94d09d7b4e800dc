/**
 * Settings whose value is a list of names, kept as `"$user", public`: given back as one string they would mean one
 * name. PostgreSQL says of no other that it quotes its items, and extensions may not make such.
 * https://github.com/postgres/postgres/blob/REL_18_STABLE/src/bin/pg_dump/dumputils.c (variable_is_guc_list_quote)
 */
const isList: Readonly<Record<string, { readonly foldsCase: boolean }>> = {
  search_path: { foldsCase: true },
  temp_tablespaces: { foldsCase: true },
  local_preload_libraries: { foldsCase: false },
  session_preload_libraries: { foldsCase: false },
  shared_preload_libraries: { foldsCase: false },
  unix_socket_directories: { foldsCase: false },
};

const item = /\s*(?:"((?:[^"]|"")*)"|([^\s",]+))\s*(,|$)/y;

/** The names in the list; undefined for settings that are no list. One that cannot be read is one name. */
export function listOf(setting: string, value: string): readonly string[] | undefined {
  const list = isList[setting.toLowerCase()];
  if (list === undefined) return undefined;
  const names: string[] = [];
  for (item.lastIndex = 0; ;) {
    const found = item.exec(value);
    if (found === null) break;
    const [, quoted, plain = "", separator] = found;
    const folded = list.foldsCase ? foldCase(plain) : plain;
    names.push(quoted === undefined ? folded : quoted.replaceAll('""', '"'));
    if (separator === "") return names.filter((name) => name !== "");
  }
  return value.trim() === "" ? [] : [value];
}

/** What SET takes after TO, each to be quoted as a literal. */
export function literalsOf(setting: string, value: string): readonly string[] {
  const names = listOf(setting, value);
  if (names === undefined) return [value];
  return names.length === 0 ? [""] : names;
}

/** As PostgreSQL does with names that are not quoted. */
function foldCase(name: string): string {
  return name.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
