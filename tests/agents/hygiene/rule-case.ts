/** A text that breaks exactly one rule, beside one like it that breaks none. */
export interface RuleCase {
  rule: string;
  breaks: string;
  keeps: string;
  /**
   * What the texts are: statements of a function of an agent (the default), the function itself, a whole entry
   * script, a file of agents/common, or the bootstrap.
   */
  as?: "statements" | "function" | "agent" | "common" | "bootstrap";
}

/** The first statements of every script. */
export const BEGINNING = "Set-StrictMode -Version 3.0\n$ErrorActionPreference = 'Stop'\n";
/** Comment-based help. */
export const HELP = "<#\n.SYNOPSIS\n    Does it.\n.OUTPUTS\n    None\n#>\n";
/** A function that breaks no rule. */
export const FUNCTION = `function Get-Thing {\n    ${HELP}    [CmdletBinding()]\n    param()\n\n    1\n}\n`;
/** The statements as the body of a function that has everything else a function needs. */
export function asFunction(statements: string): string {
  const parameters = "param(\n        [string]$Text,\n        [object]$Thing\n    )";
  return `function Get-Other {\n    ${HELP}    [CmdletBinding()]\n    ${parameters}\n\n${statements}\n}\n`;
}

/** An entry script with this in it. */
export function asAgent(text: string): string {
  return `${HELP}[CmdletBinding()]\nparam()\n\n${BEGINNING}\n${text}`;
}
