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

const BEGINNING = "Set-StrictMode -Version 3.0\n$ErrorActionPreference = 'Stop'\n";
const HELP = "<#\n.SYNOPSIS\n    Does it.\n.OUTPUTS\n    None\n#>\n";
const FUNCTION = `function Get-Thing {\n    ${HELP}    [CmdletBinding()]\n    param()\n\n    1\n}\n`;
const BOOTSTRAP = `# .SYNOPSIS\n# Runs it.\n# .OUTPUTS\n# None\n[CmdletBinding()]\nparam()\n\n${BEGINNING}`;
const READ = "$common, $agent, $request = foreach ($line in 1..3) { [System.Console]::In.ReadLine() }\n";

/** The statements as the body of a function that has everything else a function needs. */
export function asFunction(statements: string): string {
  const parameters = "param(\n        [string]$Text,\n        [object]$Thing\n    )";
  return `function Get-Other {\n    ${HELP}    [CmdletBinding()]\n    ${parameters}\n\n${statements}\n}\n`;
}

/** An entry script with this in it. */
export function asAgent(text: string): string {
  return `${HELP}[CmdletBinding()]\nparam()\n\n${BEGINNING}\n${text}`;
}

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

/** What Windows PowerShell 5.1 and .NET Framework 4.7.2 do not have. */
export const NEWER: RuleCase[] = [
  { rule: "newer-syntax", breaks: "$Text ? 1 : 2", keeps: "if ($Text) { 1 } else { 2 }" },
  { rule: "newer-syntax", breaks: "Get-Thing && Get-Thing", keeps: "Get-Thing; Get-Thing" },
  { rule: "newer-syntax", breaks: "Get-Thing || Get-Thing", keeps: "'||'" },
  { rule: "newer-syntax", breaks: "Get-Thing &", keeps: "Get-Thing # &" },
  { rule: "newer-syntax", breaks: "$Thing ?? 1", keeps: "'??'" },
  { rule: "newer-syntax", breaks: "$Thing ??= 1", keeps: "$Thing = 1" },
  { rule: "newer-syntax", breaks: "(Get-Other)?.Length", keeps: "(Get-Other).Length" },
  { rule: "newer-syntax", breaks: "(Get-Other)?[0]", keeps: "(Get-Other)[0]" },
  { rule: "newer-syntax", breaks: "$Thing.GetType[int]()", keeps: "$Thing.GetType()" },
  {
    rule: "newer-syntax",
    as: "function",
    breaks: FUNCTION.replace("    1\n", "    end { 1 }\n    clean { }\n"),
    keeps: FUNCTION.replace("    1\n", "    end { 1 }\n"),
  },
  { rule: "newer-syntax", breaks: "10u", keeps: "10L, 0x10, 1.5e3, 4MB, 1.5gb, .5d" },
  { rule: "newer-syntax", breaks: "1y", keeps: "[byte]1" },
  { rule: "newer-syntax", breaks: "0b1010", keeps: "0xA" },
  { rule: "newer-syntax", breaks: '"`u{1F600}"', keeps: "\"``u{1F600}\", '`u{1F600}'" },
  { rule: "newer-syntax", breaks: '"`e[0m"', keeps: '"``e[0m"' },
  {
    rule: "newer-syntax",
    breaks: "Get-Thing\n| Where-Object -FilterScript { $_ }",
    keeps: "Get-Thing |\nWhere-Object -FilterScript { $_ }",
  },
  {
    rule: "newer-syntax",
    as: "agent",
    breaks: asAgent("enum E : byte { A }\n"),
    keeps: asAgent("enum E { A }\n"),
  },
  { rule: "newer-variable", breaks: "$IsWindows", keeps: "$PSVersionTable" },
  { rule: "newer-variable", breaks: "$global:PSStyle", keeps: "'$PSStyle'" },
  { rule: "newer-command", breaks: "Test-Json -InputObject $Text", keeps: "Test-Path -LiteralPath $Text" },
  { rule: "newer-command", breaks: "gci -LiteralPath $Text", keeps: "Get-ChildItem -LiteralPath $Text" },
  { rule: "newer-command", breaks: "Get-VMMM", keeps: "Get-VM" },
  {
    rule: "newer-parameter",
    breaks: "ConvertFrom-Json -InputObject $Text -AsHashtable",
    keeps: "ConvertFrom-Json -InputObject $Text",
  },
  {
    rule: "newer-parameter",
    breaks: "$Thing | ForEach-Object -Parallel { $_ }",
    keeps: "$Thing | ForEach-Object -Process { $_ }",
  },
  {
    rule: "newer-parameter",
    breaks: "$splat = @{ InputObject = $Text; AsHashtable = $true }\nConvertFrom-Json @splat",
    keeps: "$splat = @{ InputObject = $Text }\nConvertFrom-Json @splat",
  },
  {
    rule: "newer-parameter",
    breaks: "$splat = @{ InputObject = $Text }\n$splat['Depth'] = 3\nConvertFrom-Json @splat",
    keeps: "$splat = @{ InputObject = $Text }\n$splat['Depth'] = 3\nConvertTo-Json @splat",
  },
  // The misspelt parameter of a stand-in, and of a function of the agents themselves.
  { rule: "newer-parameter", breaks: "Get-VM -Idd $Text", keeps: "Get-VM -Id $Text" },
  { rule: "newer-parameter", breaks: "Get-Other -Name 'a'", keeps: "Get-Other -Text 'a'" },
  {
    rule: "parameter-prefix",
    breaks: "Get-ChildItem -Literal $Text",
    keeps: "Get-ChildItem -LiteralPath $Text",
  },
  { rule: "positional-argument", breaks: "Get-Item $Text", keeps: "Get-Item -LiteralPath $Text" },
  {
    rule: "positional-argument",
    breaks: "Join-Path -Path 'a' -ChildPath 'b' 'c'",
    keeps: "Join-Path -Path 'a' -ChildPath 'b'",
  },
  {
    rule: "positional-argument",
    breaks: "Get-ChildItem -File $Text",
    keeps: "Get-ChildItem -File -Path $Text",
  },
  { rule: "unknown-splat", breaks: "Get-VM @Thing", keeps: "$splat = @{ Id = $Thing }\nGet-VM @splat" },
  {
    rule: "newer-type",
    breaks: "[System.Security.Cryptography.AesGcm]::new($Thing)",
    keeps: "[System.Security.Cryptography.Aes]::Create()",
  },
  { rule: "newer-type", breaks: "[semver]'7.0.0'", keeps: "[version]'7.0.0'" },
  { rule: "newer-type", breaks: "$Thing -is [System.DateOnly]", keeps: "$Thing -is [System.DateTime]" },
  {
    rule: "newer-type",
    breaks: "[System.Collections.Generic.PriorityQueue[string, int]]::new()",
    keeps: "[System.Collections.Generic.List[string]]::new()",
  },
  {
    rule: "newer-type",
    as: "function",
    breaks: FUNCTION.replace(
      "param()",
      "param(\n        [ValidateNotNullOrWhiteSpace()]\n        [string]$A\n    )",
    ),
    keeps: FUNCTION.replace(
      "param()",
      "param(\n        [ValidateNotNullOrEmpty()]\n        [string]$A\n    )",
    ),
  },
  {
    rule: "newer-member",
    breaks: "[System.Security.Cryptography.SHA256]::HashData($Thing)",
    keeps: "[System.Security.Cryptography.SHA256]::Create().ComputeHash($Thing)",
  },
  {
    rule: "newer-member",
    breaks: "[System.Convert]::ToHexString($Thing)",
    keeps: "[System.BitConverter]::ToString($Thing)",
  },
  { rule: "newer-member", breaks: "[System.Math]::Clamp(1, 2, 3)", keeps: "[System.Math]::Max(1, 2)" },
  // The method is there, with fewer arguments.
  {
    rule: "newer-member",
    breaks: "$Text.Replace('a', 'b', [System.StringComparison]::Ordinal)",
    keeps: "$Text.Replace('a', 'b')",
  },
  { rule: "newer-member", breaks: "'a'.Contains('A', 'OrdinalIgnoreCase')", keeps: "'a'.Contains('A')" },
  {
    rule: "newer-member",
    breaks: "$Thing.ImportRSAPublicKey($Text, [ref]$Text)",
    keeps: "$Thing.ImportParameters($Text)",
  },
];

/** What scripts must not do although both versions can. */
export const CONDUCT: RuleCase[] = [
  {
    rule: "raw-path",
    breaks: "[System.IO.File]::ReadAllText($Text)",
    keeps: "Get-Content -LiteralPath $Text -Raw",
  },
  { rule: "raw-path", breaks: "[IO.Path]::GetFullPath($Text)", keeps: "Split-Path -Path $Text -Leaf" },
  {
    rule: "raw-path",
    breaks: "[System.IO.StreamReader]::new($Text)",
    keeps: "[System.IO.StringReader]::new($Text)",
  },
  {
    rule: "raw-path",
    as: "function",
    breaks: FUNCTION.replace("    1\n", "    [System.IO.FileStream]::new('a', 'Open')\n"),
    keeps: FUNCTION.replace("    1\n", "    [System.IO.FileStream]::new('a', 'Open')\n").replace(
      "Get-Thing",
      "Copy-ImageFile",
    ),
  },
  { rule: "ordered", breaks: "@{ a = 1; b = 2 }", keeps: "[ordered]@{ a = 1; b = 2 }" },
  { rule: "ordered", breaks: "return @{ a = 1 }", keeps: "return [pscustomobject]@{ a = 1 }" },
  { rule: "ordered", breaks: "[ordered]@{ a = @{ b = 1 } }", keeps: "[ordered]@{ a = [ordered]@{ b = 1 } }" },
  {
    rule: "ordered",
    breaks: "ConvertTo-Json -InputObject @{ a = 1 } -Compress",
    keeps: "ConvertTo-Json -InputObject ([ordered]@{ a = 1 }) -Compress",
  },
  { rule: "ordered", breaks: "Get-Other -Thing @{ a = 1 }", keeps: "Get-Other -Thing ([ordered]@{ a = 1 })" },
  {
    rule: "ordered",
    breaks: "$table = @{ a = 1 }\nforeach ($key in $table.Keys) { $key }",
    keeps: "$table = @{ a = 1 }\nif ($table.Keys -contains $Text) { $table[$Text] }",
  },
  {
    rule: "ordered",
    breaks:
      "$table = if ($Text) { @{ a = 1 } } else { @{ b = 1 } }\n$table.Values | Where-Object -FilterScript { $_ }",
    keeps: "$splat = if ($Text) { @{ Text = 1 } } else { @{ Thing = 1 } }\nGet-Other @splat",
  },
  {
    rule: "ordered",
    as: "function",
    breaks: FUNCTION.replace("    1\n", "    $table = @{ a = 1 }\n    $table\n"),
    keeps: FUNCTION.replace("    1\n", "    $table = @{ a = 1 }\n    $table\n").replace(
      "param()",
      "[OutputType([hashtable])]\n    param()",
    ),
  },
  {
    rule: "query-text",
    breaks: "Get-CimInstance -ClassName 'A' -Filter \"Name='$Text'\"",
    keeps: "Get-CimInstance -ClassName 'A' -Filter 'Name=1'",
  },
  {
    rule: "script-text",
    breaks: "[scriptblock]::Create($Text)",
    keeps: "{ 'a script block of its own' }.GetType()",
  },
  { rule: "script-text", breaks: "[scriptblock]$Text", keeps: "[scriptblock]{ 1 }" },
  { rule: "script-text", breaks: "$ExecutionContext.InvokeCommand.ExpandString($Text)", keeps: '"$Text"' },
  {
    rule: "script-text",
    breaks: "$ExecutionContext.InvokeCommand.InvokeScript($Text)",
    keeps: "'InvokeScript'",
  },
  { rule: "script-text", breaks: "& $Text", keeps: "& { 1 }" },
  {
    rule: "script-text",
    breaks: "$steps = @({ 1 }, $Text)\nforeach ($step in $steps) { & $step }",
    keeps: "$steps = @(\n    { 1 }\n    { 2 }\n)\nforeach ($step in $steps) { & $step }",
  },
  { rule: "script-text", breaks: ". $Text", keeps: "Get-Other -Text $Text" },
  { rule: "script-text", breaks: "$Thing.$Text", keeps: "$Thing.PSObject.Properties[$Text]" },
  { rule: "script-text", breaks: "'-Command Get-VM'", keeps: "'The -Command of it'" },
  { rule: "script-text", breaks: "'-EncodedCommand AAAA'", keeps: "'EncodedCommand'" },
  { rule: "input-variable", breaks: "$input", keeps: "'$input'" },
  {
    rule: "script-text",
    as: "bootstrap",
    breaks: `${BOOTSTRAP}${READ}. ([scriptblock]::Create($request))\n`,
    keeps: `${BOOTSTRAP}${READ}. ([scriptblock]::Create($common))\n& ([scriptblock]::Create($agent)) -RequestJson $request\n`,
  },
];

/** Commands that make script or processes of text; each breaks another rule as well, for none is on the list. */
export const FORBIDDEN_COMMANDS = [
  "Invoke-Expression -Command $Text",
  "iex $Text",
  "Add-Type -TypeDefinition $Text",
  "Start-Process -FilePath $Text",
  "Invoke-Command -ScriptBlock { 1 }",
  "powershell.exe -Command $Text",
  "cmd.exe /c $Text",
];
