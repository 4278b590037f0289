import { asAgent, FUNCTION, type RuleCase } from "./rule-case";

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
