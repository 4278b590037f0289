import { asAgent, BEGINNING, FUNCTION, HELP, type RuleCase } from "./rule-case";

/** Form: what every script and function looks like. */
export const FORM: RuleCase[] = [
  { rule: "parse-error", breaks: "if ($Text", keeps: "if ($Text) { 1 }" },
  { rule: "encoding", breaks: "'gr\u00f6\u00dfe'", keeps: "'groesse'" },
  { rule: "encoding", breaks: "if ($Text) {\r\n1 }", keeps: "if ($Text) {\n1 }" },
  { rule: "encoding", breaks: "\t1", keeps: "    1" },
  {
    rule: "encoding",
    as: "common",
    breaks: (HELP + BEGINNING + FUNCTION).trimEnd(),
    keeps: HELP + BEGINNING + FUNCTION,
  },
  {
    rule: "strict-mode",
    as: "common",
    breaks: `${HELP}$ErrorActionPreference = 'Stop'\nSet-StrictMode -Version 3.0\n${FUNCTION}`,
    keeps: HELP + BEGINNING + FUNCTION,
  },
  {
    rule: "strict-mode",
    as: "agent",
    breaks: asAgent(FUNCTION).replace("3.0", "1.0"),
    keeps: asAgent(FUNCTION),
  },
  {
    rule: "cmdlet-binding",
    as: "function",
    breaks: FUNCTION.replace("[CmdletBinding()]\n", ""),
    keeps: FUNCTION,
  },
  {
    rule: "cmdlet-binding",
    as: "agent",
    breaks: asAgent(FUNCTION).replace("[CmdletBinding()]\n", ""),
    keeps: asAgent(FUNCTION),
  },
  {
    rule: "approved-verb",
    as: "function",
    breaks: FUNCTION.replace("Get-Thing", "Fetch-Thing"),
    keeps: FUNCTION,
  },
  // Build is approved in PowerShell 7 alone.
  {
    rule: "approved-verb",
    as: "function",
    breaks: FUNCTION.replace("Get-Thing", "Build-Thing"),
    keeps: FUNCTION.replace("Get-Thing", "New-Thing"),
  },
  { rule: "approved-verb", as: "function", breaks: FUNCTION.replace("Get-Thing", "thing"), keeps: FUNCTION },
  { rule: "help", as: "function", breaks: FUNCTION.replace(HELP, ""), keeps: FUNCTION },
  { rule: "help", as: "function", breaks: FUNCTION.replace(".OUTPUTS\n    None\n", ""), keeps: FUNCTION },
  { rule: "help", as: "agent", breaks: asAgent(FUNCTION).replace(HELP, ""), keeps: asAgent(FUNCTION) },
];
