/**
 * The JSONata in the state machine. A list of one collapses to its item in JSONata: brackets around a list that
 * may have one keep it a list.
 */
/** An expression as a state machine has it, on one line: not every tool that reads definitions takes more. */
export function jsonata(expression: string): string {
  return `{% ${expression.replace(/\s+/g, ' ').trim()} %}`;
}
