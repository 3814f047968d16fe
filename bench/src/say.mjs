/** Tells what is going on; results go to standard output, this does not. @param {string} line */
export function say(line) {
  console.error(`  ${line}`);
}
