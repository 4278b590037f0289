import { BEGINNING, FUNCTION, type RuleCase } from "./rule-case";

const BOOTSTRAP = `# .SYNOPSIS\n# Runs it.\n# .OUTPUTS\n# None\n[CmdletBinding()]\nparam()\n\n${BEGINNING}`;
const READ = "$common, $agent, $request = foreach ($line in 1..3) { [System.Console]::In.ReadLine() }\n";

const SHELL = "$shell = [System.Management.Automation.PowerShell]::Create()\n";

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
  {
    rule: "script-text",
    as: "bootstrap",
    breaks: `${BOOTSTRAP}${READ}${SHELL}$null = $shell.AddScript($request)\n`,
    keeps: `${BOOTSTRAP}${READ}${SHELL}$null = $shell.AddScript($agent)\n`,
  },
  {
    rule: "script-text",
    as: "bootstrap",
    breaks: `${BOOTSTRAP}${READ}${SHELL}$kept = @{}\n$kept['a'] = $request\n$agent = $kept['a']\n$null = $shell.AddScript($agent)\n`,
    keeps: `${BOOTSTRAP}${READ}${SHELL}$kept = @{}\n$kept['a'] = $agent\n$agent = $kept['a']\n$null = $shell.AddScript($agent)\n`,
  },
  {
    rule: "script-text",
    as: "bootstrap",
    breaks: `${BOOTSTRAP}${READ}${SHELL}$agent = $request\n$null = $shell.AddScript($agent)\n`,
    keeps: `${BOOTSTRAP}${READ}${SHELL}$null = $shell.AddScript($common).AddParameter('RequestJson', $request)\n`,
  },
  {
    rule: "script-text",
    breaks: "[System.Management.Automation.PowerShell]::Create().AddScript($Text)",
    keeps: "[System.Management.Automation.PowerShell]::Create().Dispose()",
  },
  {
    rule: "raw-path",
    as: "bootstrap",
    breaks: `${BOOTSTRAP}[System.IO.StreamReader]::new('a')\n`,
    keeps: `${BOOTSTRAP}[System.IO.StreamWriter]::new([System.Console]::OpenStandardOutput())\n`,
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
