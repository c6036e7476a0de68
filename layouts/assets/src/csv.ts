// Tables as CSV files for spreadsheets.

/** csv writes lines as spreadsheets expect them: UTF-8 with a byte order mark, CRLF, and no field that would be run as a formula. */
export function csv(lines: (string | number)[][]): string {
  return "\ufeff" + lines.map((l) => l.map(field).join(",") + "\r\n").join("");
}

function field(value: string | number): string {
  let s = String(value);
  if (/^\s*[=+\-@]/.test(s)) s = "'" + s;
  return /[",\r\n]/.test(s) ? '"' + s.replace(/"/g, '""') + '"' : s;
}
