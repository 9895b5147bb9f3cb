/**
 * What the vendor's Python SDK 1.0.0 sends to open a session: the key or the token in the header,
 * truth values as Python writes them, lists and objects as JSON with spaces.
 */
export function pythonSdkRequest(
  { api_key, token }: { readonly api_key?: string; readonly token?: string },
  parameters: Readonly<Record<string, unknown>>,
) {
  return {
    query: Object.fromEntries(
      Object.entries(parameters).map(([name, value]) => [name, asPython(value)]),
    ),
    headers: {
      Authorization: token ?? api_key ?? '',
      'User-Agent': 'AssemblyAI/1.0 (sdk=Python/1.0.0 runtime_env=Python/3.11.7)',
      'AssemblyAI-Version': '2025-05-12',
    },
  };
}

function asPython(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value !== 'object') return String(value);
  // json.dumps puts a space behind every comma and colon.
  return JSON.stringify(value, undefined, 1).replaceAll(/\n\s*/g, ' ');
}
